using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Rewriting;

/// <summary>A convolution's weights and bias while channels are being scaled; any grouping, depthwise included.</summary>
internal sealed class ScaledConvolution
{
    private readonly NodeProto _node;
    private readonly float[] _weights;
    private readonly float[] _bias;
    private readonly long[] _shape;
    private readonly int _inputsPerGroup;
    private readonly int _outputsPerGroup;
    private readonly int _kernel;

    public ScaledConvolution(ModelGraph graph, NodeProto node)
    {
        _node = node;
        var weights = graph.Initializer(node.Input[1])!;
        _weights = TensorData.Floats(weights);
        _shape = [.. weights.Dims];
        var outputs = (int)_shape[0];
        _bias = node.InputOrNull(2) is { } bias ? TensorData.Floats(graph.Initializer(bias)!) : new float[outputs];
        _inputsPerGroup = (int)_shape[1];
        _outputsPerGroup = outputs / (int)node.Int("group", 1);
        _kernel = _weights.Length / (outputs * _inputsPerGroup);
    }

    /// <summary>The largest magnitude among each output channel's weights.</summary>
    public float[] OutputRanges() => Ranges(_bias.Length, OutputOf);

    /// <summary>The largest magnitude among the weights that each input channel meets.</summary>
    public float[] InputRanges() => Ranges(_bias.Length / _outputsPerGroup * _inputsPerGroup, InputOf);

    public void ScaleOutput(int channel, double factor)
    {
        var perOutput = _inputsPerGroup * _kernel;
        foreach (ref var weight in _weights.AsSpan(channel * perOutput, perOutput))
        {
            weight = (float)(weight * factor);
        }

        _bias[channel] = (float)(_bias[channel] * factor);
    }

    public void ScaleInput(int channel, double factor)
    {
        var (group, place) = (channel / _inputsPerGroup, channel % _inputsPerGroup);
        for (var output = group * _outputsPerGroup; output < (group + 1) * _outputsPerGroup; output++)
        {
            foreach (ref var weight in _weights.AsSpan(((output * _inputsPerGroup) + place) * _kernel, _kernel))
            {
                weight = (float)(weight * factor);
            }
        }
    }

    /// <summary>Gives the node the scaled values.</summary>
    public void Store(ModelGraph graph) => FoldedWeights.Replace(graph, _node, _weights, _shape, _bias);

    private float[] Ranges(int channels, Func<int, int> channelOf)
    {
        var ranges = new float[channels];
        for (var i = 0; i < _weights.Length; i++)
        {
            ref var range = ref ranges[channelOf(i)];
            range = MathF.Max(range, MathF.Abs(_weights[i]));
        }

        return ranges;
    }

    private int OutputOf(int index) => index / (_inputsPerGroup * _kernel);

    private int InputOf(int index) => (OutputOf(index) / _outputsPerGroup * _inputsPerGroup) + (index / _kernel % _inputsPerGroup);
}
