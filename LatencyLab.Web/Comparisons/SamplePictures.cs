using System.Collections.Concurrent;
using LatencyLab.Inference.Imaging;

namespace LatencyLab.Web.Comparisons;

/// <summary>The sample pictures of the web root; a sample's identifier is its file name.</summary>
public sealed class SamplePictures(IWebHostEnvironment environment, IImageDecoder decoder)
{
    private readonly ConcurrentDictionary<string, StoredImage> _samples = new();

    /// <summary>The sample of a file name, or null.</summary>
    public StoredImage? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name != Path.GetFileName(name) || Path.GetExtension(name) is not (".jpg" or ".png" or ".webp"))
        {
            return null;
        }
        if (_samples.TryGetValue(name, out var known))
        {
            return known;
        }
        var file = environment.WebRootFileProvider.GetFileInfo("samples/" + name);
        if (!file.Exists)
        {
            return null;
        }
        using var stream = file.CreateReadStream();
        var encoded = new byte[file.Length];
        stream.ReadExactly(encoded);
        return _samples.GetOrAdd(name, new StoredImage(ImageFactsReader.Read(decoder, encoded, name), encoded));
    }
}
