namespace LatencyLab.Inference.Runtime.Vips;

/// <summary>Type of one band of a pixel (<c>VipsBandFormat</c>).</summary>
internal enum VipsBandFormat
{
    UChar = 0,
    UShort = 2,
}

/// <summary>What the bands mean (<c>VipsInterpretation</c>).</summary>
internal enum VipsInterpretation
{
    BlackAndWhite = 1,
    Cmyk = 15,
    Srgb = 22,
    Rgb16 = 25,
    Grey16 = 26,
}

/// <summary>How bad the data may be before loading fails (<c>VipsFailOn</c>).</summary>
internal enum VipsFailOn
{
    None = 0,
    Truncated = 1,
    Error = 2,
    Warning = 3,
}
