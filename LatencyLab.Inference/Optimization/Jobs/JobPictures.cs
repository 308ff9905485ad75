using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>The pictures that a job calibrates with: those that were sent, else those of the configured folder.</summary>
/// <param name="settings">Names the folder.</param>
/// <param name="decoder">Decodes them.</param>
public sealed class JobPictures(QuantizeSettings settings, IImageDecoder decoder)
{
    /// <summary>Pictures that the configured folder offers; 0 where none is configured.</summary>
    public int Configured { get; } = settings.CalibrationPath is { } path ? CalibrationPictures.Find(path, settings.CalibrationPictures).Count : 0;

    /// <summary>Finds the pictures.</summary>
    /// <param name="sent">Those of the request; null for the configured folder.</param>
    /// <param name="model">Says how they are preprocessed.</param>
    /// <param name="maxCount">How many of them are used at most, evenly spread; null for all.</param>
    /// <returns>Null where nothing was sent and no folder is configured.</returns>
    /// <exception cref="OptimizationRefusedException">None or too many were sent, or none is to be used.</exception>
    public ICalibrationSource? Find(IReadOnlyList<EncodedPicture>? sent, Model model, int? maxCount = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (maxCount < 1)
        {
            throw new OptimizationRefusedException($"`pictures` must be 1 or more, not {maxCount}.");
        }
        if (sent is not null)
        {
            return sent.Count is > 0 and <= QuantizeSettings.MaxSentPictures
                ? new EncodedCalibrationSource(CalibrationPictures.Spread(sent, maxCount ?? sent.Count), decoder, model.Preprocessing)
                : throw new OptimizationRefusedException($"Send 1 to {QuantizeSettings.MaxSentPictures} calibration pictures, not {sent.Count}.");
        }
        var count = Math.Min(maxCount ?? settings.CalibrationPictures, settings.CalibrationPictures);
        var found = settings.CalibrationPath is { } path ? CalibrationPictures.Find(path, count) : [];
        return found.Count > 0 ? new PictureCalibrationSource(found, decoder, model.Preprocessing) : null;
    }

    /// <summary>As <see cref="Find"/>, for work that cannot do without.</summary>
    /// <exception cref="OptimizationRefusedException">There are none, too many were sent, or none is to be used.</exception>
    public ICalibrationSource Require(IReadOnlyList<EncodedPicture>? sent, Model model, int? maxCount = null) => Find(sent, model, maxCount) ?? throw new OptimizationRefusedException(
        "There are no calibration pictures. Send some like those the model will meet, or set LatencyLab:CalibrationPath to a folder of them.");
}
