using LatencyLab.Inference.Imaging.Preprocessing;
using LatencyLab.Inference.Measurement;

namespace LatencyLab.Inference.Imaging;

/// <summary>
/// Encoded picture to the tensor that one model reads, each step timed. Keeps its scratch buffers: use one instance a request slot, not
/// from two threads at once.
/// </summary>
public sealed class ImagePreprocessor
{
    private readonly IImageDecoder _decoder;
    private readonly ImagePreprocessing _rule;
    private readonly int _minimumShortSidePx;
    private readonly Resampler _resampler = new();
    private readonly TensorNormalizer _normalizer;
    private readonly byte[] _resized;

    /// <summary>Prepares the buffers.</summary>
    /// <param name="decoder">Decodes the pictures.</param>
    /// <param name="rule">What the model wants.</param>
    /// <exception cref="ArgumentException">The rule's values make no sense; the message names the one at fault.</exception>
    public ImagePreprocessor(IImageDecoder decoder, ImagePreprocessing rule)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(rule);
        rule.Validate();
        _decoder = decoder;
        _rule = rule;
        _minimumShortSidePx = rule.Resize == ResizeMode.ShortSide ? rule.ShortSidePx : Math.Max(rule.WidthPx, rule.HeightPx);
        _normalizer = new TensorNormalizer(rule.Mean, rule.Std);
        _resized = new byte[Resampler.Stride(rule.WidthPx) * rule.HeightPx];
    }

    /// <summary>
    /// Large JPEGs are decoded at the smallest scale at which the antialiasing filter still shrinks. False decodes every picture at full size, as
    /// the reference preprocessing does, at several times the cost.
    /// </summary>
    /// <value>The default value is true.</value>
    public bool ScaledDecoding { get; init; } = true;

    /// <summary>Decodes, resizes and normalizes; marks the stages decode, resize and normalize.</summary>
    /// <param name="encoded">The whole file.</param>
    /// <param name="tensor">NCHW, 3 x height x width floats, all of which are written.</param>
    /// <param name="clock">A started clock, last marked when this request's turn came.</param>
    /// <exception cref="ImageRejectedException">The content is no supported picture, breaks a limit, or is truncated or corrupt.</exception>
    /// <exception cref="ArgumentException">The tensor has another length.</exception>
    public void Process(ReadOnlyMemory<byte> encoded, Span<float> tensor, StageClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        CheckTensor(tensor);
        bool resampled;
        // Freed before the next mark: giving back a large picture costs time that belongs to its own stages.
        using (var image = _decoder.Decode(encoded, ScaledDecoding ? _minimumShortSidePx : 0))
        {
            clock.Mark(Stage.Decode);
            resampled = ResizeOrNormalize(image.Pixels, image.WidthPx, image.HeightPx, image.ScaleDivisor, tensor);
        }

        Finish(resampled, tensor, clock);
    }

    /// <summary>Resizes and normalizes pixels that are decoded already; marks the stages resize and normalize.</summary>
    /// <param name="rgb">8-bit R G B interleaved, rows packed: width x height x 3 bytes.</param>
    /// <param name="widthPx">Width in pixels.</param>
    /// <param name="heightPx">Height in pixels.</param>
    /// <param name="tensor">NCHW, 3 x height x width floats, all of which are written.</param>
    /// <param name="clock">A started clock.</param>
    /// <exception cref="ArgumentException">The pixels or the tensor have another length.</exception>
    public void Process(ReadOnlySpan<byte> rgb, int widthPx, int heightPx, Span<float> tensor, StageClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(widthPx);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heightPx);
        if (rgb.Length != (long)widthPx * heightPx * 3)
        {
            throw new ArgumentException($"{widthPx} x {heightPx} RGB pixels take {(long)widthPx * heightPx * 3} bytes, not {rgb.Length}.", nameof(rgb));
        }

        CheckTensor(tensor);
        Finish(ResizeOrNormalize(rgb, widthPx, heightPx, scaleDivisor: 1, tensor), tensor, clock);
    }

    /// <summary>Picture of exactly the model's size: straight to the tensor. Any other: resized into the scratch buffer; returns true.</summary>
    private bool ResizeOrNormalize(ReadOnlySpan<byte> rgb, int widthPx, int heightPx, int scaleDivisor, Span<float> tensor)
    {
        if (widthPx == _rule.WidthPx && heightPx == _rule.HeightPx)
        {
            _normalizer.Write(rgb, widthPx * 3, widthPx, heightPx, tensor);
            return false;
        }

        var (horizontal, vertical) = ResampledAxis.For(_rule, widthPx, heightPx, scaleDivisor);
        _resampler.Resample(rgb, horizontal, vertical, _rule.Antialias, _resized);
        return true;
    }

    private void Finish(bool resampled, Span<float> tensor, StageClock clock)
    {
        if (resampled)
        {
            clock.Mark(Stage.Resize);
            _normalizer.Write(_resized, Resampler.Stride(_rule.WidthPx), _rule.WidthPx, _rule.HeightPx, tensor);
        }

        clock.Mark(Stage.Normalize);
    }

    private void CheckTensor(Span<float> tensor)
    {
        if (tensor.Length != _rule.TensorLength)
        {
            throw new ArgumentException($"The tensor must have 3 x {_rule.HeightPx} x {_rule.WidthPx} = {_rule.TensorLength} floats, not {tensor.Length}.", nameof(tensor));
        }
    }
}
