using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Imaging.Preprocessing;
using LatencyLab.Inference.Measurement;

namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>Decodes and preprocesses pictures one after another, as in serving.</summary>
/// <param name="decoder">Decodes them.</param>
/// <param name="rule">What the model wants done to a picture.</param>
/// <exception cref="ArgumentException">The rule's values make no sense.</exception>
internal sealed class CalibrationPreprocessor(IImageDecoder decoder, ImagePreprocessing rule)
{
    private readonly ImagePreprocessor _preprocessor = new(decoder, rule);
    private readonly StageClock _clock = new();

    /// <summary>The shape of a prepared picture.</summary>
    public IReadOnlyList<int> Shape { get; } = [3, rule.HeightPx, rule.WidthPx];

    /// <summary>Prepares a picture.</summary>
    /// <param name="name">What a message calls it.</param>
    /// <param name="encoded">The whole file.</param>
    /// <param name="destination">The product of <see cref="Shape"/> values, to be overwritten.</param>
    /// <exception cref="CalibrationException">It is no usable picture; the message names it.</exception>
    public void Fill(string name, ReadOnlyMemory<byte> encoded, Span<float> destination)
    {
        _clock.Start();
        try
        {
            _preprocessor.Process(encoded, destination, _clock);
        }
        catch (ImageRejectedException e)
        {
            throw new CalibrationException($"{name} cannot be used: {e.Message}", e);
        }
    }
}
