namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>How an activation's range is drawn from the values seen in calibration.</summary>
public interface ICalibrationMethod
{
    /// <summary>The name shown in reports, for instance "min-max".</summary>
    string Name { get; }

    /// <summary>An estimator for one tensor; its memory must not grow with the number of pictures.</summary>
    IRangeEstimator CreateEstimator();
}
