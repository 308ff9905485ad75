namespace LatencyLab.Inference.Hosting;

/// <summary>Where the program keeps what it makes or takes in.</summary>
internal static class DataFolders
{
    /// <summary>Models made on demand and downloads on their way.</summary>
    public static string Cache(LatencyLabOptions options) => Path.GetFullPath(options.CachePath ?? Own("cache"));

    /// <summary>Imported models.</summary>
    public static string Imports(LatencyLabOptions options) => Path.GetFullPath(options.ImportPath ?? Own("models"));

    private static string Own(string name)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return Path.Combine(home.Length > 0 ? home : Path.GetTempPath(), "LatencyLab", name);
    }
}
