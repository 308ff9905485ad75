using LatencyLab.Inference.Evaluation;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Imaging.Preprocessing;
using LatencyLab.Inference.Optimization.Calibration;

namespace LatencyLab.Inference.Optimization.Sensitivity;

/// <summary>Pictures with known classes, decoded and preprocessed one after another, as in serving.</summary>
/// <param name="pictures">The pictures.</param>
/// <param name="decoder">Decodes them.</param>
/// <param name="rule">What the model wants done to a picture.</param>
public sealed class LabelledPictureSource(IReadOnlyList<LabelledPicture> pictures, IImageDecoder decoder, ImagePreprocessing rule) : ICalibrationSource
{
    private readonly CalibrationPreprocessor _preprocessor = new(decoder, rule);

    /// <inheritdoc/>
    public int Count => pictures.Count;

    /// <inheritdoc/>
    public IReadOnlyList<int> Shape => _preprocessor.Shape;

    /// <summary>The class that each picture shows.</summary>
    public IReadOnlyList<int> Classes { get; } = [.. pictures.Select(picture => picture.ClassIndex)];

    /// <inheritdoc/>
    /// <exception cref="CalibrationException">A file is no usable picture; the message names it.</exception>
    public void Fill(int index, Span<float> destination) => _preprocessor.Fill(pictures[index].Name, pictures[index].Read(), destination);
}
