using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Imaging.Preprocessing;

namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>Calibration pictures that are files; decoded and preprocessed one after another, as in serving.</summary>
/// <param name="paths">Picture files.</param>
/// <param name="decoder">Decodes them.</param>
/// <param name="rule">What the model wants done to a picture.</param>
/// <exception cref="ArgumentException">The rule's values make no sense.</exception>
public sealed class PictureCalibrationSource(IReadOnlyList<string> paths, IImageDecoder decoder, ImagePreprocessing rule) : ICalibrationSource
{
    private readonly CalibrationPreprocessor _preprocessor = new(decoder, rule);

    /// <inheritdoc/>
    public int Count => paths.Count;

    /// <inheritdoc/>
    public IReadOnlyList<int> Shape => _preprocessor.Shape;

    /// <inheritdoc/>
    /// <exception cref="CalibrationException">A file is no usable picture; the message names it.</exception>
    public void Fill(int index, Span<float> destination) => _preprocessor.Fill(paths[index], File.ReadAllBytes(paths[index]), destination);
}
