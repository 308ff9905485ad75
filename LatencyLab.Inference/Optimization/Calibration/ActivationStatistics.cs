namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>What calibration learns of a model's activations, gathered batch by batch.</summary>
internal sealed class ActivationStatistics : IActivationObserver
{
    private readonly Dictionary<string, IRangeEstimator> _ranges;
    private readonly Dictionary<string, ChannelMeans> _means;

    /// <param name="method">How a range follows from values.</param>
    /// <param name="ranged">The tensors whose range is wanted.</param>
    /// <param name="averaged">The tensors whose channel means are wanted.</param>
    public ActivationStatistics(ICalibrationMethod method, IEnumerable<string> ranged, IEnumerable<string> averaged)
    {
        _ranges = ranged.ToDictionary(name => name, _ => method.CreateEstimator());
        _means = averaged.Distinct().ToDictionary(name => name, _ => new ChannelMeans());
        Tensors = [.. _ranges.Keys.Union(_means.Keys)];
    }

    /// <summary>The tensors to watch.</summary>
    public IReadOnlyList<string> Tensors { get; }

    public void Observe(string tensor, ReadOnlySpan<float> values, ReadOnlySpan<long> shape)
    {
        if (_ranges.TryGetValue(tensor, out var range))
        {
            range.Observe(values);
        }

        if (_means.TryGetValue(tensor, out var means))
        {
            means.Observe(values, shape);
        }
    }

    /// <exception cref="CalibrationException">A tensor holds NaN or infinity for some picture.</exception>
    public IReadOnlyDictionary<string, ActivationRange> Ranges() =>
        _ranges.ToDictionary(pair => pair.Key, pair => Finite(pair.Key, pair.Value.Estimate()));

    /// <summary>The mean of each channel of a tensor, or null where it was not asked for.</summary>
    public float[]? MeansOf(string tensor) => _means.GetValueOrDefault(tensor)?.Means();

    private static ActivationRange Finite(string tensor, ActivationRange range) =>
        float.IsFinite(range.Min) && float.IsFinite(range.Max) && range.Min <= range.Max
            ? range
            : throw new CalibrationException(
                $"The activation '{tensor}' is not finite on the calibration pictures ({range.Min} to {range.Max}). "
                + "Check the preprocessing and the weights.");
}
