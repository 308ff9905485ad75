namespace LatencyLab.Tests.Requirements;

/// <summary>PostgreSQL's server programs on this machine.</summary>
internal static class PostgresPrograms
{
    private const string DebianRoot = "/usr/lib/postgresql";

    /// <summary>The folder with <c>initdb</c> and <c>pg_ctl</c>, or null where there is none.</summary>
    public static string? Folder { get; } = Candidates().FirstOrDefault(folder =>
        File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));

    private static IEnumerable<string> Candidates()
    {
        var debian = Directory.Exists(DebianRoot) ? Directory.GetDirectories(DebianRoot).OrderDescending().Select(version => Path.Combine(version, "bin")) : [];
        return debian.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(folder => folder.Length > 0));
    }
}
