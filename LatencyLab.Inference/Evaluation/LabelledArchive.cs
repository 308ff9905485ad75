using System.Globalization;
using System.IO.Compression;
using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Evaluation;

/// <summary>
/// Pictures with known classes in a zip archive, one folder a class. They are read from the archive when asked for, so that it may be
/// larger than memory; nothing is ever unpacked to a disk.
/// </summary>
public sealed class LabelledArchive : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ZipArchive _archive;
    private readonly string _name;

    private LabelledArchive(ZipArchive archive, string name)
    {
        _archive = archive;
        _name = name;
    }

    /// <summary>The pictures, by name. They can be read until this is disposed.</summary>
    public IReadOnlyList<LabelledPicture> Pictures { get; private set; } = [];

    /// <summary>Reads an archive's index and checks it.</summary>
    /// <param name="stream">The archive, which can seek; closed with the result, and where this throws.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="model">The model whose labels name the classes.</param>
    /// <param name="limits">What it may hold.</param>
    /// <exception cref="InvalidDataException">It is no usable collection; the message says why.</exception>
    public static LabelledArchive Open(Stream stream, string name, Model model, LabelledArchiveLimits limits)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(limits);
        try
        {
            if (limits.Pictures < int.MaxValue)
            {
                // Before the index itself is read into memory, which may be many times its size.
                ArchiveIndex.RefuseBeyond(stream, name, limits.Pictures);
            }
            var archive = new LabelledArchive(ReadIndex(stream, name), name);
            archive.Pictures = archive.Find(model, limits);
            return archive;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _archive.Dispose();

    private static ZipArchive ReadIndex(Stream stream, string name)
    {
        try
        {
            var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            // Read now: a damaged index shows here.
            _ = archive.Entries.Count;
            return archive;
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw new InvalidDataException($"{name} is no zip archive, or it is damaged: {error.Message}", error);
        }
    }

    private List<LabelledPicture> Find(Model model, LabelledArchiveLimits limits)
    {
        var pictures = new List<LabelledPicture>();
        var left = limits.TotalBytes;
        foreach (var entry in _archive.Entries.OrderBy(entry => entry.FullName, StringComparer.Ordinal))
        {
            // Some programs write Windows' separator.
            var path = entry.FullName.Replace('\\', '/');
            RefuseUnlessInside(path);
            if (LabelledPictures.IsPicture(path))
            {
                pictures.Add(new(path, LabelledPictures.ClassOfFolder(path, _name, model), Reader(entry, path, limits, ref left)));
            }
        }
        return pictures.Count > 0 ? pictures : throw new InvalidDataException(
            _archive.Entries.Any(entry => Path.GetExtension(entry.Name).Equals(".zip", StringComparison.OrdinalIgnoreCase))
                ? $"{_name}: no pictures found, but an archive within. Send the inner one, with one folder a class."
                : $"{_name}: no pictures found. Expected one folder a class, with JPEG, PNG, WebP or GIF files.");
    }

    private Func<byte[]> Reader(ZipArchiveEntry entry, string path, LabelledArchiveLimits limits, ref long left)
    {
        if (entry.IsEncrypted)
        {
            throw new InvalidDataException($"{_name}: {path} is encrypted. Pack the pictures without a password.");
        }
        if (entry.Length > limits.PictureBytes)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"{_name}: {path} is larger than a picture may be, {limits.PictureBytes / 1e6:0.#} MB."));
        }
        left -= entry.Length;
        return left >= 0 ? () => Read(entry, path) : throw new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture, $"{_name}: unpacked, its pictures are larger than {limits.TotalBytes / 1e6:0.#} MB. Send fewer."));
    }

    /// <summary>Never more than the index promises: that was counted, and what lies behind it may be made to grow without end.</summary>
    private byte[] Read(ZipArchiveEntry entry, string path)
    {
        var bytes = new byte[entry.Length];
        try
        {
            // An archive serves one reader at a time.
            lock (_lock)
            {
                using var stream = entry.Open();
                stream.ReadExactly(bytes);
                return bytes;
            }
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"{_name}: {path} cannot be unpacked: {error.Message}", error);
        }
    }

    // Nothing is unpacked, so such a name does no harm here; but whoever made it meant some.
    private void RefuseUnlessInside(string path)
    {
        if (path.StartsWith('/') || path.Split('/').Any(part => part == ".." || part.EndsWith(':')))
        {
            throw new InvalidDataException($"{_name}: the name {path} leads out of the archive. Pack the folders of the classes themselves.");
        }
    }
}
