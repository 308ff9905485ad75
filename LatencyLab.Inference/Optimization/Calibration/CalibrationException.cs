namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>The calibration pictures did not show how the model's activations range; the message names the problem and the fix.</summary>
public sealed class CalibrationException(string message, Exception? innerException = null) : Exception(message, innerException);
