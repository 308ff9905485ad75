namespace LatencyLab.Inference.Imaging;

/// <summary>What a picture's header says.</summary>
/// <param name="Format">By content: <c>jpeg</c>, <c>png</c>, <c>webp</c> or <c>gif</c>.</param>
/// <param name="WidthPx">Width as shown, after EXIF orientation.</param>
/// <param name="HeightPx">Height as shown, after EXIF orientation.</param>
public sealed record ImageHeader(string Format, int WidthPx, int HeightPx);
