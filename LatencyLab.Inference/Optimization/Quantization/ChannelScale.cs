using System.Numerics.Tensors;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>
/// The step of one channel's weights: its largest weight falls on a whole number of steps, and that number is the one with the least
/// squared rounding error. Usually it is the limit; a channel of few weights, or one trained on a coarser grid, is met better by fewer.
/// </summary>
internal static class ChannelScale
{
    /// <param name="weights">The channel's weights.</param>
    /// <param name="limit">The most steps that the largest weight may take.</param>
    /// <returns>The step; 0 where all weights are 0.</returns>
    public static double Fit(ReadOnlySpan<float> weights, int limit)
    {
        var largest = MathF.Abs(TensorPrimitives.MaxMagnitude(weights));
        if (!float.IsNormal(largest))
        {
            return 0;
        }

        var (best, leastError) = (0.0, double.PositiveInfinity);
        var exact = new float[weights.Length];
        var rounded = new float[weights.Length];
        // Fewer than half of the steps cannot beat twice as many, which hold the same points.
        for (var steps = limit; steps > limit / 2; steps--)
        {
            TensorPrimitives.Multiply(weights, steps / largest, exact);
            TensorPrimitives.Round(exact, rounded);
            var scale = (double)largest / steps;
            var error = TensorPrimitives.SumOfSquares<float>(Difference(exact, rounded)) * scale * scale;
            if (error < leastError)
            {
                (best, leastError) = (scale, error);
            }
        }

        return best;
    }

    private static ReadOnlySpan<float> Difference(float[] exact, float[] rounded)
    {
        TensorPrimitives.Subtract(exact, rounded, exact);
        return exact;
    }
}
