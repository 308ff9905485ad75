namespace LatencyLab.Inference.Imaging.Preprocessing;

/// <summary>One axis of a resize and crop: of <c>Resized</c> pixels made from <c>Source</c> pixels, <c>Count</c> from <c>First</c> on are wanted.</summary>
/// <param name="Source">Pixels of the decoded picture.</param>
/// <param name="Resized">Pixels of the resized picture before the cut.</param>
/// <param name="First">First pixel behind the cut.</param>
/// <param name="Count">Pixels behind the cut.</param>
/// <param name="ScaleDivisor">By how much decoding had divided the picture already.</param>
internal readonly record struct ResampledAxis(int Source, int Resized, int First, int Count, int ScaleDivisor = 1)
{
    /// <summary>
    /// Half the width of the triangle, in source pixels, when shrinking. Decoding at a reduced scale is a box filter already; the triangle is made
    /// narrower so that the variances of both add up to that of the triangle which the full picture would get.
    /// </summary>
    public double Support
    {
        get
        {
            var scale = (double)Source / Resized;
            if (ScaleDivisor == 1)
            {
                return Math.Max(scale, 1);
            }

            var boxVariance = (1 - (1.0 / (ScaleDivisor * ScaleDivisor))) / 12;
            return Math.Max(Math.Sqrt(Math.Max(0, (scale * scale) - (6 * boxVariance))), NarrowestSupport);
        }
    }

    /// <summary>Below this a triangle could fall between two pixels.</summary>
    private const double NarrowestSupport = 0.75;

    /// <summary>The horizontal and the vertical axis for a picture of the given size.</summary>
    public static (ResampledAxis Horizontal, ResampledAxis Vertical) For(ImagePreprocessing rule, int widthPx, int heightPx, int scaleDivisor)
    {
        if (rule.Resize == ResizeMode.Stretch)
        {
            return (new(widthPx, rule.WidthPx, 0, rule.WidthPx, scaleDivisor), new(heightPx, rule.HeightPx, 0, rule.HeightPx, scaleDivisor));
        }

        var shortSide = Math.Min(widthPx, heightPx);
        return (Centred(widthPx, rule.WidthPx), Centred(heightPx, rule.HeightPx));

        ResampledAxis Centred(int side, int wanted)
        {
            var resized = checked((int)((long)side * rule.ShortSidePx / shortSide));
            return new(side, resized, (resized - wanted) / 2, wanted, scaleDivisor);
        }
    }
}
