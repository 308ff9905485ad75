using System.Numerics.Tensors;

namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>The range from the smallest to the largest value seen: nothing saturates that was met in calibration.</summary>
public sealed class MinMaxCalibration : ICalibrationMethod
{
    /// <inheritdoc/>
    public string Name => "min-max";

    /// <inheritdoc/>
    public IRangeEstimator CreateEstimator() => new Estimator();

    private sealed class Estimator : IRangeEstimator
    {
        private float _min = float.PositiveInfinity;
        private float _max = float.NegativeInfinity;

        public void Observe(ReadOnlySpan<float> values)
        {
            if (!values.IsEmpty)
            {
                // Both pass NaN on, so that a model gone wrong is noticed.
                _min = MathF.Min(_min, TensorPrimitives.Min(values));
                _max = MathF.Max(_max, TensorPrimitives.Max(values));
            }
        }

        public ActivationRange Estimate() => new(_min, _max);
    }
}
