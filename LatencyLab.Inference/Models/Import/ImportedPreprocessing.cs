namespace LatencyLab.Inference.Models.Import;

/// <summary>How pictures are prepared for an imported model: as the options say, else as is usual for ImageNet.</summary>
internal static class ImportedPreprocessing
{
    private const int SmallestPhotoPx = 64;
    private static readonly float[] ImageNetMean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] ImageNetStd = [0.229f, 0.224f, 0.225f];

    /// <summary>The rule for the card.</summary>
    /// <exception cref="ModelRefusedException">A value makes no sense.</exception>
    public static PreprocessingCard Create(ImportOptions options, int sidePx)
    {
        var mean = options.Mean ?? ImageNetMean;
        var std = options.Std ?? ImageNetStd;
        var mode = options.Resize ?? "short_side";
        var shortSide = options.ShortSidePx ?? (sidePx < SmallestPhotoPx ? sidePx : (int)Math.Round(sidePx / 0.875));
        var problem =
            mean.Count != 3 || !mean.All(float.IsFinite) ? "The mean needs three numbers, one a channel, on the 0..1 scale."
            : std.Count != 3 || !std.All(value => float.IsFinite(value) && value > 0) ? "The standard deviation needs three positive numbers, one a channel, on the 0..1 scale."
            : mode is not ("short_side" or "stretch") ? $"The resize mode must be short_side or stretch, not `{mode}`."
            : mode == "short_side" && shortSide < sidePx ? $"The short side must be at least the input's side, {sidePx} pixels, not {shortSide}."
            : null;
        return problem is null
            ? new PreprocessingCard { Size = sidePx, Resize = new ResizeCard { Mode = mode, ShortSide = mode == "stretch" ? 0 : shortSide }, Mean = [.. mean], Std = [.. std] }
            : throw new ModelRefusedException(ImportRefusal.Preprocessing, problem);
    }

    /// <summary>What was assumed.</summary>
    public static IEnumerable<string> Notes(ImportOptions options, PreprocessingCard card)
    {
        if (options.Mean is null || options.Std is null)
        {
            yield return "Mean and standard deviation were assumed to be ImageNet's. Give the model's own if it was trained with others.";
        }
        if (options.Resize is null && options.ShortSidePx is null)
        {
            yield return $"Pictures were assumed to be resized to a short side of {card.Resize.ShortSide} pixels and cropped to {card.Size} x {card.Size}.";
        }
    }
}
