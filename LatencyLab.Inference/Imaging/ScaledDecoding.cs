namespace LatencyLab.Inference.Imaging;

/// <summary>Which reduced scale of a JPEG still serves: the decoder then skips most of the inverse transform.</summary>
internal static class ScaledDecoding
{
    /// <summary>The largest of 8, 4, 2 and 1 by which the short side can be divided and keep <paramref name="minimumShortSidePx"/>.</summary>
    /// <param name="widthPx">Full width in pixels.</param>
    /// <param name="heightPx">Full height in pixels.</param>
    /// <param name="minimumShortSidePx">In pixels; 0 asks for full size.</param>
    public static int Divisor(int widthPx, int heightPx, int minimumShortSidePx)
    {
        if (minimumShortSidePx <= 0)
        {
            return 1;
        }

        var shortSide = Math.Min(widthPx, heightPx);
        var divisor = 8;
        while (divisor > 1 && shortSide / divisor < minimumShortSidePx)
        {
            divisor /= 2;
        }

        return divisor;
    }
}
