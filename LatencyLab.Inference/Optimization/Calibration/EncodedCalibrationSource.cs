using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Imaging.Preprocessing;
using LatencyLab.Inference.Measurement;

namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>Calibration pictures that were sent rather than found in a folder; decoded and preprocessed one after another, as in serving.</summary>
public sealed class EncodedCalibrationSource : ICalibrationSource
{
    private readonly IReadOnlyList<EncodedPicture> _pictures;
    private readonly ImagePreprocessor _preprocessor;
    private readonly StageClock _clock = new();

    /// <param name="pictures">At least one.</param>
    /// <param name="decoder">Decodes them.</param>
    /// <param name="rule">What the model wants done to a picture.</param>
    public EncodedCalibrationSource(IReadOnlyList<EncodedPicture> pictures, IImageDecoder decoder, ImagePreprocessing rule)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(rule);
        _pictures = pictures;
        _preprocessor = new ImagePreprocessor(decoder, rule);
        Shape = [3, rule.HeightPx, rule.WidthPx];
    }

    /// <inheritdoc/>
    public int Count => _pictures.Count;

    /// <inheritdoc/>
    public IReadOnlyList<int> Shape { get; }

    /// <inheritdoc/>
    /// <exception cref="CalibrationException">A file is no usable picture; the message names it.</exception>
    public void Fill(int index, Span<float> destination)
    {
        var picture = _pictures[index];
        _clock.Start();
        try
        {
            _preprocessor.Process(picture.Encoded, destination, _clock);
        }
        catch (ImageRejectedException e)
        {
            throw new CalibrationException($"{picture.Name} cannot be used for calibration: {e.Message}", e);
        }
    }
}
