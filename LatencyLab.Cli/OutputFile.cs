namespace LatencyLab.Cli;

/// <summary>A file that a verb writes at its end.</summary>
internal static class OutputFile
{
    /// <summary>The file's full path, if it can be written: known before the work, not after it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="option">The option that names it.</param>
    /// <exception cref="UsageException">Its folder is missing, or it is a folder itself.</exception>
    public static string Checked(FileInfo file, string option) =>
        Directory.Exists(file.FullName) ? throw new UsageException($"{option}: {file.FullName} is a folder; name a file in it.")
        : file.Directory is { Exists: true } ? file.FullName
        : throw new UsageException($"{option}: there is no folder {file.DirectoryName}.");
}
