using System.Security.Cryptography;
using LatencyLab.Inference.Imaging;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Comparisons;

/// <summary>A picture at hand.</summary>
/// <param name="Facts">What is known of it.</param>
/// <param name="Encoded">The whole file.</param>
public sealed record StoredImage(ImageFacts Facts, ReadOnlyMemory<byte> Encoded);

/// <summary>Uploaded pictures, in memory for a limited time and up to a limited size. Components hold identifiers, never pictures.</summary>
public sealed class ImageStore(IOptions<WebLimits> limits, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(string Id, DateTimeOffset Expires, StoredImage Image)> _images = [];
    private long _bytes;

    /// <summary>Keeps a picture.</summary>
    /// <returns>Its unguessable identifier.</returns>
    public string Add(StoredImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        lock (_lock)
        {
            _images.AddLast((id, time.GetUtcNow().AddMinutes(limits.Value.ImageLifetimeMinutes), image));
            _bytes += image.Encoded.Length;
            Trim();
        }
        return id;
    }

    /// <summary>The picture of an identifier, or null when it is gone.</summary>
    public StoredImage? Find(string id)
    {
        lock (_lock)
        {
            Trim();
            return _images.FirstOrDefault(entry => entry.Id == id).Image;
        }
    }

    private void Trim()
    {
        var now = time.GetUtcNow();
        while (_images.First is { Value: var oldest } && (oldest.Expires <= now || (_bytes > limits.Value.ImageMemoryBytes && _images.Count > 1)))
        {
            _bytes -= oldest.Image.Encoded.Length;
            _images.RemoveFirst();
        }
    }
}
