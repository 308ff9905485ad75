using System.Text.Json;
using LatencyLab.Inference.Hosting;

namespace LatencyLab.Cli;

/// <summary>The file that gets a result as JSON.</summary>
internal sealed class ResultFile(string path)
{
    /// <summary>Sees that the file can be written, before minutes are spent on what it is to get. A file that is there stays as it is.</summary>
    /// <exception cref="UsageException">It cannot.</exception>
    public void Check(string option)
    {
        var existed = File.Exists(path);
        try
        {
            File.OpenWrite(path).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{option}: {path} cannot be written. {error.Message} Name a file in a folder that is there and may be written to.");
        }
        if (!existed)
        {
            File.Delete(path);
        }
    }

    /// <summary>Writes the result.</summary>
    /// <exception cref="IOException">It cannot be written after all.</exception>
    public Task WriteAsync<T>(T result, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(path, JsonSerializer.Serialize(result, ContractJson.Options), cancellationToken);
}
