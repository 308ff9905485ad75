namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>Gathers one tensor's histogram and draws the range from it in the end.</summary>
/// <param name="draw">The range of a histogram whose values are finite and not all 0; it is cut to the values seen.</param>
internal sealed class HistogramEstimator(Func<ActivationHistogram, ActivationRange> draw) : IRangeEstimator
{
    private readonly ActivationHistogram _histogram = new();

    /// <inheritdoc/>
    public void Observe(ReadOnlySpan<float> values) => _histogram.Add(values);

    /// <inheritdoc/>
    /// <remarks>
    /// Never beyond the values seen, though bins are: the quantizer drops a ReLU or Clip because its output's range implies it.
    /// </remarks>
    public ActivationRange Estimate()
    {
        var (min, max) = (_histogram.Min, _histogram.Max);
        if (!float.IsFinite(min) || !float.IsFinite(max) || min > max || (min == 0 && max == 0))
        {
            return new ActivationRange(min, max);
        }

        var (low, high) = (Math.Min(min, 0), Math.Max(max, 0));
        var range = draw(_histogram);
        return new ActivationRange(Math.Clamp(range.Min, low, high), Math.Clamp(range.Max, low, high));
    }
}
