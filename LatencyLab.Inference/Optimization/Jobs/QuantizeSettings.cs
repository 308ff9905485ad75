namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>What quantizing is configured with.</summary>
/// <param name="CalibrationPath">Folder of calibration pictures; null where none is configured.</param>
/// <param name="CalibrationPictures">Pictures of that folder to use at most.</param>
public sealed record QuantizeSettings(string? CalibrationPath, int CalibrationPictures)
{
    /// <summary>Pictures that may be sent with a request, at most.</summary>
    public const int MaxSentPictures = 200;
}
