using LatencyLab.Inference.Evaluation;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Imaging.Preprocessing;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Optimization.Calibration;

namespace LatencyLab.Inference.Optimization.Sensitivity;

/// <summary>Pictures with known classes, decoded and preprocessed one after another, as in serving.</summary>
/// <param name="pictures">The pictures.</param>
/// <param name="decoder">Decodes them.</param>
/// <param name="rule">What the model wants done to a picture.</param>
public sealed class LabelledPictureSource(IReadOnlyList<LabelledPicture> pictures, IImageDecoder decoder, ImagePreprocessing rule) : ICalibrationSource
{
    private readonly ImagePreprocessor _preprocessor = new(decoder, rule);
    private readonly StageClock _clock = new();

    /// <inheritdoc/>
    public int Count => pictures.Count;

    /// <inheritdoc/>
    public IReadOnlyList<int> Shape { get; } = [3, rule.HeightPx, rule.WidthPx];

    /// <summary>The class that each picture shows.</summary>
    public IReadOnlyList<int> Classes { get; } = [.. pictures.Select(picture => picture.ClassIndex)];

    /// <inheritdoc/>
    /// <exception cref="CalibrationException">A file is no usable picture; the message names it.</exception>
    public void Fill(int index, Span<float> destination)
    {
        _clock.Start();
        try
        {
            _preprocessor.Process(pictures[index].Read(), destination, _clock);
        }
        catch (ImageRejectedException e)
        {
            throw new CalibrationException($"{pictures[index].Name} cannot be used: {e.Message}", e);
        }
    }
}
