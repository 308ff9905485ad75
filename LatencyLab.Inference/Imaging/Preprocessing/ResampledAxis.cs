namespace LatencyLab.Inference.Imaging.Preprocessing;

/// <summary>One axis of a resize and crop: of <c>Resized</c> pixels made from <c>Source</c> pixels, <c>Count</c> from <c>First</c> on are wanted.</summary>
internal readonly record struct ResampledAxis(int Source, int Resized, int First, int Count)
{
    /// <summary>The horizontal and the vertical axis for a picture of the given size.</summary>
    public static (ResampledAxis Horizontal, ResampledAxis Vertical) For(ImagePreprocessing rule, int widthPx, int heightPx)
    {
        if (rule.Resize == ResizeMode.Stretch)
        {
            return (new(widthPx, rule.WidthPx, 0, rule.WidthPx), new(heightPx, rule.HeightPx, 0, rule.HeightPx));
        }

        var shortSide = Math.Min(widthPx, heightPx);
        return (Centred(widthPx, rule.WidthPx), Centred(heightPx, rule.HeightPx));

        ResampledAxis Centred(int side, int wanted)
        {
            var resized = checked((int)((long)side * rule.ShortSidePx / shortSide));
            return new(side, resized, (resized - wanted) / 2, wanted);
        }
    }
}
