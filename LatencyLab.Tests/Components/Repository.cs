namespace LatencyLab.Tests.Components;

/// <summary>Finds files of the source tree that tests run from.</summary>
internal static class Repository
{
    public static string PathOf(string relativePath)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LatencyLab.sln")))
            {
                return Path.Combine(folder.FullName, relativePath);
            }
        }
        throw new DirectoryNotFoundException("LatencyLab.sln was not found above the tests.");
    }
}
