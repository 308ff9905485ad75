namespace LatencyLab.Tests.Imaging;

/// <summary>8-bit RGB pixels, interleaved, rows packed.</summary>
internal sealed record Pixels(int WidthPx, int HeightPx, byte[] Rgb)
{
    public (byte Red, byte Green, byte Blue) this[int x, int y]
    {
        get
        {
            var offset = ((y * WidthPx) + x) * 3;
            return (Rgb[offset], Rgb[offset + 1], Rgb[offset + 2]);
        }
    }

    /// <summary>A picture whose every pixel differs from its neighbours, so that no mix-up of places goes unseen.</summary>
    public static Pixels Pattern(int widthPx, int heightPx)
    {
        var rgb = new byte[widthPx * heightPx * 3];
        for (var index = 0; index < rgb.Length; index++)
        {
            rgb[index] = (byte)((index * 37) + (index / (widthPx * 3) * 11));
        }

        return new Pixels(widthPx, heightPx, rgb);
    }

    public void ShouldEqual(Pixels expected, int tolerance = 0)
    {
        Assert.Equal((expected.WidthPx, expected.HeightPx), (WidthPx, HeightPx));
        Assert.Equal(expected.Rgb.Length, Rgb.Length);
        var worst = 0;
        for (var index = 0; index < Rgb.Length; index++)
        {
            worst = Math.Max(worst, Math.Abs(Rgb[index] - expected.Rgb[index]));
        }

        Assert.True(worst <= tolerance, $"a channel differs by {worst} grey levels; at most {tolerance} are allowed");
    }

    public double MeanDifference(Pixels expected)
    {
        Assert.Equal((expected.WidthPx, expected.HeightPx), (WidthPx, HeightPx));
        return Rgb.Zip(expected.Rgb, (mine, theirs) => (double)Math.Abs(mine - theirs)).Average();
    }
}
