namespace LatencyLab.Tests.Requirements;

/// <summary>Photos and reference models that lie beside the repository on some machines, in a folder called <c>shared</c>.</summary>
internal static class SharedData
{
    /// <summary>The folder, or null where there is none.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>What to say of a test that needs the folder; null where it is there.</summary>
    public static string? WhyMissing => Folder is null ? "needs the photos and reference models in a folder 'shared' beside the repository" : null;

    public static string PathOf(params string[] parts) =>
        Path.Combine([Folder ?? throw new InvalidOperationException("Mark the test with SharedDataFact."), .. parts]);

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(Path.Combine(candidate, "images")))
            {
                return candidate;
            }
        }

        return null;
    }
}
