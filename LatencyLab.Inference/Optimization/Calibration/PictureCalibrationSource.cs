using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Imaging.Preprocessing;
using LatencyLab.Inference.Measurement;

namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>Calibration pictures that are decoded and preprocessed one after another, as in serving.</summary>
public sealed class PictureCalibrationSource : ICalibrationSource
{
    private readonly IReadOnlyList<string> _paths;
    private readonly ImagePreprocessor _preprocessor;
    private readonly StageClock _clock = new();

    /// <param name="paths">Picture files.</param>
    /// <param name="decoder">Decodes them.</param>
    /// <param name="rule">What the model wants done to a picture.</param>
    /// <exception cref="ArgumentException">The rule's values make no sense.</exception>
    public PictureCalibrationSource(IReadOnlyList<string> paths, IImageDecoder decoder, ImagePreprocessing rule)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(rule);
        _paths = paths;
        _preprocessor = new ImagePreprocessor(decoder, rule);
        Shape = [3, rule.HeightPx, rule.WidthPx];
    }

    /// <inheritdoc/>
    public int Count => _paths.Count;

    /// <inheritdoc/>
    public IReadOnlyList<int> Shape { get; }

    /// <inheritdoc/>
    /// <exception cref="CalibrationException">A file is no usable picture; the message names it.</exception>
    public void Fill(int index, Span<float> destination)
    {
        _clock.Start();
        try
        {
            _preprocessor.Process(File.ReadAllBytes(_paths[index]), destination, _clock);
        }
        catch (ImageRejectedException e)
        {
            throw new CalibrationException($"{_paths[index]} cannot be used for calibration: {e.Message}", e);
        }
    }
}
