using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>
/// Puts QuantizeLinear/DequantizeLinear pairs around planned operators. An operator's output keeps its name behind the pair, so
/// that readers in float need no change; tensors from float operators are quantized beside the float original.
/// </summary>
internal sealed class QdqWriter(
    ModelGraph graph, QuantizationPlan plan, ActivationScales scales, WeightQuantizer weights, ActivationStatistics statistics, ActivationType type)
{
    private readonly List<NodeProto> _nodes = [];
    private readonly Dictionary<(string Tensor, int Padding), string> _dequantized = [];
    private readonly Dictionary<string, (string Scale, string ZeroPoint)> _parameters = [];

    public void Write()
    {
        var implied = new HashSet<NodeProto>(
            plan.Operators.Values.Select(planned => planned.Activation).OfType<NodeProto>(), ReferenceEqualityComparer.Instance);
        var made = plan.Operators.Values.SelectMany(planned => planned.Outputs).ToHashSet();
        foreach (var node in graph.Nodes.Where(node => !implied.Contains(node)).ToList())
        {
            if (plan.Operators.TryGetValue(node, out var planned))
            {
                var unmade = planned.Inputs.Where(input => !made.Contains(input)).ToList();
                var padding = planned.Role == OperatorRole.Weighted && unmade.Count > 0 ? InputPadding.Missing(graph, node, type) : 0;
                foreach (var input in unmade)
                {
                    ReadQuantized(node, input, padding);
                }

                WriteOperator(planned, padding);
            }
            else
            {
                _nodes.Add(node);
            }
        }

        graph.ReplaceNodes(_nodes);
        graph.RemoveUnused();
    }

    private void WriteOperator(PlannedOperator planned, int inputPadding)
    {
        var node = planned.Node;
        if (planned.Role == OperatorRole.Weighted)
        {
            WriteWeights(planned, inputPadding);
        }

        if (planned.KeepsFloatOutput)
        {
            _nodes.Add(node);
            return;
        }

        var outputs = planned.Outputs.ToList();
        _nodes.Add(node);
        for (var i = 0; i < outputs.Count; i++)
        {
            node.Output[i] = graph.UniqueName($"{outputs[i]}_float");
            Pair(node.Output[i], outputs[i], outputs[i]);
        }
    }

    private void ReadQuantized(NodeProto node, string tensor, int padding)
    {
        if (!_dequantized.TryGetValue((tensor, padding), out var dequantized))
        {
            dequantized = _dequantized[(tensor, padding)] = graph.UniqueName($"{tensor}_dequantized");
            Pair(tensor, dequantized, tensor, padding);
        }

        for (var i = 0; i < node.Input.Count; i++)
        {
            node.Input[i] = node.Input[i] == tensor ? dequantized : node.Input[i];
        }
    }

    private void Pair(string from, string to, string tensor, int padding = 0)
    {
        var (scale, zeroPoint) = Parameters(scales.SourceOf(tensor));
        var quantized = graph.UniqueName($"{tensor}_quantized");
        _nodes.Add(Node("QuantizeLinear", quantized, from, scale, zeroPoint));
        if (padding > 0)
        {
            var padded = graph.UniqueName($"{tensor}_padded");
            long[] ends = [0, 0, 0, 0, 0, padding, 0, 0];
            var pads = graph.AddInitializer(TensorData.Create<long>(graph.UniqueName($"{tensor}_padding"), ends, ends.Length));
            _nodes.Add(Node("Pad", padded, quantized, pads.Name, zeroPoint));
            quantized = padded;
        }

        _nodes.Add(Node("DequantizeLinear", to, quantized, scale, zeroPoint));
    }

    private (string Scale, string ZeroPoint) Parameters(string tensor)
    {
        if (!_parameters.TryGetValue(tensor, out var names))
        {
            var value = scales.Of(tensor);
            names = (
                graph.AddInitializer(TensorData.Create<float>(graph.UniqueName($"{tensor}_scale"), [value.Scale])).Name,
                graph.AddInitializer(ZeroPoint(graph.UniqueName($"{tensor}_zero_point"), value)).Name);
            _parameters.Add(tensor, names);
        }

        return names;
    }

    private TensorProto ZeroPoint(string name, ActivationScale scale) => type == ActivationType.S8
        ? TensorData.Create<sbyte>(name, [(sbyte)scale.ZeroPoint])
        : TensorData.Create<byte>(name, [(byte)scale.ZeroPoint]);

    private void WriteWeights(PlannedOperator planned, int inputPadding)
    {
        var node = planned.Node;
        var axis = WeightedOperator.ChannelAxis(node);
        var tensor = graph.Initializer(node.Input[1])!;
        var channels = (int)tensor.Dims[axis];
        var stride = (int)tensor.Dims.Skip(axis + 1).Aggregate(1L, (product, d) => product * d);
        var biasName = node.InputOrNull(2);
        var bias = biasName is null ? new float[channels] : TensorData.Floats(graph.Initializer(biasName)!);
        var values = TensorData.Floats(tensor);
        var quantized = weights.Quantize(values, bias, scales.Of(planned.Inputs[0]).Scale, stride);
        if (statistics.MeansOf(planned.Inputs[0]) is { } means)
        {
            var corrected = BiasCorrection.Apply(node, tensor.Dims, values, quantized, bias, means);
            quantized = quantized with { Bias = WeightQuantizer.InSteps(corrected, quantized.BiasScales) };
            biasName ??= graph.UniqueName($"{node.Input[1]}_bias");
        }

        var (stored, shape) = inputPadding > 0 ? InputPadding.Widen(quantized.Values, tensor.Dims, inputPadding) : (quantized.Values, [.. tensor.Dims]);
        node.Input[1] = Dequantized<sbyte>(node.Input[1], stored, shape, quantized.Scales, axis);
        if (biasName is not null)
        {
            var storedBias = Dequantized<int>(biasName, quantized.Bias, [channels], quantized.BiasScales, axis: 0);
            while (node.Input.Count < 3)
            {
                node.Input.Add("");
            }

            node.Input[2] = storedBias;
        }
    }

    private string Dequantized<T>(string name, T[] values, long[] shape, float[] channelScales, int axis) where T : unmanaged
    {
        var stored = graph.AddInitializer(TensorData.Create<T>(graph.UniqueName($"{name}_quantized"), values, shape)).Name;
        var scale = graph.AddInitializer(TensorData.Create<float>(graph.UniqueName($"{name}_scale"), channelScales, channelScales.Length)).Name;
        var zeros = TensorData.Create<T>(graph.UniqueName($"{name}_zero_point"), new T[channelScales.Length], channelScales.Length);
        var dequantize = Node("DequantizeLinear", graph.UniqueName($"{name}_dequantized"), stored, scale, graph.AddInitializer(zeros).Name);
        dequantize.Attribute.Add(NodeAttributes.Int("axis", axis));
        _nodes.Add(dequantize);
        return dequantize.Output[0];
    }

    private NodeProto Node(string operatorType, string output, params ReadOnlySpan<string> inputs)
    {
        var node = new NodeProto { OpType = operatorType, Name = graph.UniqueName($"{output}_{operatorType}"), Output = { output } };
        foreach (var input in inputs)
        {
            node.Input.Add(input);
        }

        return node;
    }
}
