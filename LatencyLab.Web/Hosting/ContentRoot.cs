namespace LatencyLab.Web.Hosting;

/// <summary>Where settings are found, whatever the working directory is.</summary>
internal static class ContentRoot
{
    private const string Settings = "appsettings.json";

    /// <summary>The working directory if it holds the settings, else the project's folder under it, else the program's.</summary>
    public static string Find()
    {
        var working = Directory.GetCurrentDirectory();
        string[] candidates = [working, Path.Combine(working, "LatencyLab.Web"), AppContext.BaseDirectory];
        return candidates.FirstOrDefault(folder => File.Exists(Path.Combine(folder, Settings))) ?? AppContext.BaseDirectory;
    }
}
