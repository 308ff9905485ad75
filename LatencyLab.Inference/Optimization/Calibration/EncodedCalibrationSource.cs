using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Imaging.Preprocessing;

namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>Calibration pictures that were sent rather than found in a folder; decoded and preprocessed one after another, as in serving.</summary>
/// <param name="pictures">At least one.</param>
/// <param name="decoder">Decodes them.</param>
/// <param name="rule">What the model wants done to a picture.</param>
/// <exception cref="ArgumentException">The rule's values make no sense.</exception>
public sealed class EncodedCalibrationSource(IReadOnlyList<EncodedPicture> pictures, IImageDecoder decoder, ImagePreprocessing rule) : ICalibrationSource
{
    private readonly CalibrationPreprocessor _preprocessor = new(decoder, rule);

    /// <inheritdoc/>
    public int Count => pictures.Count;

    /// <inheritdoc/>
    public IReadOnlyList<int> Shape => _preprocessor.Shape;

    /// <inheritdoc/>
    /// <exception cref="CalibrationException">A file is no usable picture; the message names it.</exception>
    public void Fill(int index, Span<float> destination) => _preprocessor.Fill(pictures[index].Name, pictures[index].Encoded, destination);
}
