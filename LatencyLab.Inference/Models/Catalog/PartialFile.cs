using System.Text.Json;

namespace LatencyLab.Inference.Models.Catalog;

/// <summary>A file on its way: <c>NAME.part</c>, and <c>NAME.part.json</c> with what is needed to go on with it.</summary>
internal sealed class PartialFile : IDisposable
{
    private readonly string _path;
    private readonly string _statePath;

    /// <exception cref="DownloadException">Another pull holds it.</exception>
    public PartialFile(string target, Uri address)
    {
        _path = target + ".part";
        _statePath = _path + ".json";
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
        try
        {
            Stream = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new DownloadException(DownloadFailure.Busy, $"{address} is being fetched already. Wait for that to end.", error);
        }
        ETag = ReadState(address);
        if (ETag is null)
        {
            Restart(null);
        }
    }

    /// <summary>The file, open.</summary>
    public FileStream Stream { get; }

    /// <summary>The version that the bytes are of; null where they cannot be continued.</summary>
    public string? ETag { get; private set; }

    /// <summary>Bytes that are there.</summary>
    public long Length => Stream.Length;

    /// <summary>Begins again with a version of the file.</summary>
    public void Restart(string? eTag)
    {
        Stream.SetLength(0);
        ETag = eTag;
    }

    /// <summary>Notes what is needed to go on another time.</summary>
    public void Keep(Uri address)
    {
        if (ETag is null || Length == 0)
        {
            Discard();
            return;
        }
        Stream.Flush();
        File.WriteAllText(_statePath, JsonSerializer.Serialize(new State(address, ETag)));
    }

    /// <summary>Removes it.</summary>
    public void Discard()
    {
        Stream.Dispose();
        File.Delete(_path);
        File.Delete(_statePath);
    }

    /// <summary>Gives it its name.</summary>
    public void Complete(string target)
    {
        Stream.Dispose();
        File.Move(_path, target, overwrite: true);
        File.Delete(_statePath);
    }

    /// <inheritdoc/>
    public void Dispose() => Stream.Dispose();

    private string? ReadState(Uri address)
    {
        try
        {
            return File.Exists(_statePath) && JsonSerializer.Deserialize<State>(File.ReadAllText(_statePath)) is { } state && state.Address == address
                ? state.ETag
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record State(Uri Address, string ETag);
}
