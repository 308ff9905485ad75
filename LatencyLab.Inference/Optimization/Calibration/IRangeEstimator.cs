namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>Watches one tensor during calibration.</summary>
public interface IRangeEstimator
{
    /// <summary>Takes in the tensor's values for some pictures.</summary>
    void Observe(ReadOnlySpan<float> values);

    /// <summary>The range after all pictures.</summary>
    ActivationRange Estimate();
}
