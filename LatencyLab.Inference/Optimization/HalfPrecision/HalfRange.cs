namespace LatencyLab.Inference.Optimization.HalfPrecision;

/// <summary>What FP16 can hold.</summary>
internal static class HalfRange
{
    /// <summary>How many values become infinite in FP16, whose largest number is 65,504, or are not finite already.</summary>
    public static int Outside(ReadOnlySpan<float> values)
    {
        var count = 0;
        foreach (var value in values)
        {
            count += Half.IsFinite((Half)value) ? 0 : 1;
        }

        return count;
    }
}
