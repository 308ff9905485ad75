namespace LatencyLab.Inference.Imaging.Preprocessing;

/// <summary>What a model wants done to a picture before it sees it, as its card says. The filter is always bilinear (triangle).</summary>
public sealed record ImagePreprocessing
{
    /// <summary>Width of the model's input in pixels.</summary>
    public required int WidthPx { get; init; }

    /// <summary>Height of the model's input in pixels.</summary>
    public required int HeightPx { get; init; }

    /// <summary>How the size is reached.</summary>
    public required ResizeMode Resize { get; init; }

    /// <summary>Short side before the centre is cut out, in pixels; for <see cref="ResizeMode.ShortSide"/> only.</summary>
    public int ShortSidePx { get; init; }

    /// <summary>Whether the filter widens when shrinking, so that every source pixel counts.</summary>
    /// <value>The default value is true.</value>
    public bool Antialias { get; init; } = true;

    /// <summary>Subtracted from each channel (R, G, B), on a scale of 0 to 1.</summary>
    public required float[] Mean { get; init; }

    /// <summary>Divides each channel (R, G, B) after the subtraction, on a scale of 0 to 1.</summary>
    public required float[] Std { get; init; }

    /// <summary>Floats in the tensor: 3 x height x width.</summary>
    public int TensorLength => 3 * HeightPx * WidthPx;

    /// <summary>Checks that the values fit together.</summary>
    /// <exception cref="ArgumentException">A value makes no sense; the message names it.</exception>
    public void Validate()
    {
        const int longest = 4096;
        Require(WidthPx is > 0 and <= longest && HeightPx is > 0 and <= longest, $"the input size {WidthPx}x{HeightPx} must lie between 1 and {longest}");
        Require(Enum.IsDefined(Resize), $"the resize mode {Resize} is unknown");
        Require(
            Resize != ResizeMode.ShortSide || (ShortSidePx >= Math.Max(WidthPx, HeightPx) && ShortSidePx <= longest),
            $"the short side {ShortSidePx} must be at least the longer side of the crop {WidthPx}x{HeightPx} and at most {longest}");
        Require(Mean is { Length: 3 } && Mean.All(float.IsFinite), "the mean must be three numbers, one a channel");
        Require(Std is { Length: 3 } && Std.All(value => float.IsFinite(value) && value > 0), "std must be three positive numbers, one a channel");
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new ArgumentException($"Preprocessing: {problem}.");
        }
    }
}
