using LatencyLab.Inference.Imaging;

namespace LatencyLab.Web.Audience;

/// <summary>A photo from the audience, in memory only.</summary>
/// <param name="Id">Unguessable identifier, known to the sender alone.</param>
/// <param name="Facts">What is known of it.</param>
/// <param name="Encoded">The whole file.</param>
/// <param name="Preview">A small JPEG made of its pixels alone.</param>
/// <param name="ReceivedAt">When it arrived, UTC.</param>
public sealed record AudiencePicture(string Id, ImageFacts Facts, ReadOnlyMemory<byte> Encoded, byte[] Preview, DateTimeOffset ReceivedAt);
