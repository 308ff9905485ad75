namespace LatencyLab.Inference.Imaging;

/// <summary>What is known of an uploaded picture before any pixel is decoded.</summary>
/// <param name="Name">The name that the sender gave it; for display only.</param>
/// <param name="Format">By content: <c>jpeg</c>, <c>png</c>, <c>webp</c> or <c>gif</c>.</param>
/// <param name="WidthPx">Width as shown, after EXIF orientation.</param>
/// <param name="HeightPx">Height as shown, after EXIF orientation.</param>
/// <param name="SizeBytes">Size of the encoded file.</param>
/// <param name="Sha256">Hash of the encoded file, lower-case hexadecimal.</param>
public sealed record ImageFacts(string Name, string Format, int WidthPx, int HeightPx, long SizeBytes, string Sha256);
