namespace LatencyLab.Inference.Sessions;

/// <summary>An input for measurements that need no picture: numbers spread as those of a normalized picture, always the same.</summary>
internal static class TypicalInput
{
    private const float Spread = 2;

    /// <summary>Fills a tensor with numbers between -2 and 2.</summary>
    public static void Fill(Span<float> tensor)
    {
        var random = new Random(1);
        foreach (ref var value in tensor)
        {
            value = Spread * ((2 * random.NextSingle()) - 1);
        }
    }
}
