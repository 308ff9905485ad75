using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Sensitivity;

/// <summary>What a classifier answers to some pictures.</summary>
internal sealed class Logits : IActivationObserver
{
    private readonly string _output;
    private readonly float[][] _pictures;
    private int _filled;

    private Logits(string output, int pictures)
    {
        _output = output;
        _pictures = new float[pictures][];
    }

    /// <summary>How many pictures there are.</summary>
    public int Count => _pictures.Length;

    /// <summary>One picture's logits, by class.</summary>
    public ReadOnlySpan<float> this[int picture] => _pictures[picture];

    /// <inheritdoc/>
    IReadOnlyList<string> IActivationObserver.Tensors => [_output];

    /// <summary>Runs a model over pictures.</summary>
    /// <param name="model">A classifier, in float or quantized.</param>
    /// <param name="pictures">The pictures.</param>
    /// <param name="runner">How it is run.</param>
    /// <param name="cancellation">Stops within one operator.</param>
    /// <exception cref="InvalidModelException">The model has several outputs.</exception>
    public static Logits Of(ModelProto model, HeldPictures pictures, ActivationCalibrator runner, CancellationToken cancellation)
    {
        var output = model.Graph.Output is [var only]
            ? only.Name
            : throw new InvalidModelException($"The model has {model.Graph.Output.Count} outputs; a classifier has one, the logits.");
        var logits = new Logits(output, pictures.Count);
        runner.Run(model, pictures, logits, _ => { }, cancellation);
        return logits;
    }

    /// <inheritdoc/>
    void IActivationObserver.Observe(string tensor, ReadOnlySpan<float> values, ReadOnlySpan<long> shape)
    {
        var classes = values.Length / (int)shape[0];
        // Where the model fixes its batch, the last one may be topped up beyond the pictures.
        for (var row = 0; row < shape[0] && _filled < Count; row++)
        {
            _pictures[_filled++] = values.Slice(row * classes, classes).ToArray();
        }
    }
}
