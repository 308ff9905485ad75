namespace LatencyLab.Tests;

/// <summary>The source tree that the tests run from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string PathOf(string relativePath) => Path.Combine(Root, relativePath);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LatencyLab.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("LatencyLab.sln was not found above the tests.");
        }
        return folder.FullName;
    }
}
