using LatencyLab.Inference.Optimization.Facts;
using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>Convolutions and matrix products: new channels come out, the weights' other axis shrinks with those that come in.</summary>
internal sealed class WeightedAnalysis(ModelGraph graph, TensorShapes shapes, ChannelDependencies found)
{
    /// <param name="node">A Conv, Gemm or MatMul.</param>
    /// <param name="inputs">Channels of its first input; null where they are not followed, and stay.</param>
    /// <returns>Channels of its output; null where the layer stays as it is.</returns>
    public int[]? Follow(NodeProto node, int[]? inputs)
    {
        if (node.Input.Count < 2 || WeightsOf(node) is not { } stored || !TensorSlice.CanTake(stored.Tensor))
        {
            return null;
        }

        return node.OpType == "Conv" ? Convolution(node, stored.Tensor, inputs) : Product(node, stored, inputs);
    }

    private int[]? Convolution(NodeProto node, TensorProto weights, int[]? inputs)
    {
        var (outputs, groups) = (weights.Dims[0], node.Int("group", 1));
        if (weights.Dims.Count < 3 || !HasUsableBias(node, outputs))
        {
            return null;
        }

        if (groups == 1)
        {
            if (inputs is not null)
            {
                found.Cuts.Add(new ChannelCut(node, 1, 1, inputs));
            }

            return Add(node, weights, outputAxis: 0, found.Units.Create(outputs), inputs);
        }

        if (inputs is not null && groups == inputs.Length && weights.Dims[1] == 1)
        {
            // Depthwise: each input channel makes its own outputs and goes with them.
            var multiplier = (int)(outputs / groups);
            found.Groups.Add((node, inputs));
            return Add(node, weights, outputAxis: 0, [.. inputs.SelectMany(channel => Enumerable.Repeat(channel, multiplier))], inputs: null);
        }

        var reason = $"'{LayerName.Of(node)}' convolves them in {groups} groups, which would become uneven.";
        var channels = found.Units.Create(outputs);
        found.Units.Freeze(channels, reason);
        found.Units.Freeze(inputs ?? [], reason);
        return Add(node, weights, outputAxis: 0, channels, inputs: null);
    }

    private int[]? Product(NodeProto node, StoredWeights stored, int[]? inputs)
    {
        var transposed = stored.Reader != node || node.Int("transB", 0) != 0;
        var (inputAxis, outputAxis) = transposed ? (1, 0) : (0, 1);
        if (stored.Tensor.Dims.Count != 2 || node.Int("transA", 0) != 0 || (stored.Reader != node && node.Int("transB", 0) != 0))
        {
            return null;
        }

        var (rows, columns) = (stored.Tensor.Dims[inputAxis], stored.Tensor.Dims[outputAxis]);
        if (!HasUsableBias(node, columns) || shapes.Find(node.Output[0]) is not [_, _] || (inputs is not null && inputs.Length != rows))
        {
            return null;
        }

        if (inputs is not null)
        {
            found.Cuts.Add(new ChannelCut(stored.Reader, stored.Input, inputAxis, inputs));
        }

        return Add(node, stored.Tensor, outputAxis, found.Units.Create(columns), inputs, stored.Reader, stored.Input);
    }

    private int[] Add(
        NodeProto node, TensorProto weights, int outputAxis, int[] outputs, int[]? inputs, NodeProto? reader = null, int input = 1)
    {
        found.Cuts.Add(new ChannelCut(reader ?? node, input, outputAxis, outputs));
        if (node.InputOrNull(2) is { } bias && graph.Initializer(bias) is { Dims.Count: > 0 } values && values.Dims[^1] == outputs.Length)
        {
            found.Cuts.Add(new ChannelCut(node, 2, values.Dims.Count - 1, outputs));
        }

        found.Layers.Add(new WeightedLayer
        {
            Node = node,
            Weights = weights,
            OutputAxis = outputAxis,
            Outputs = outputs,
            Inputs = inputs,
            Normalization = graph.OnlyConsumer(node.Output[0]) is { } next && next.IsStandard("BatchNormalization") ? next : null,
        });
        return outputs;
    }

    // One value a channel, or one for all of them.
    private bool HasUsableBias(NodeProto node, long channels) =>
        node.InputOrNull(2) is not { } name
        || (graph.Initializer(name) is { } bias && TensorSlice.CanTake(bias)
            && (bias.Dims.Count == 0 || bias.Dims[^1] == channels || bias.Dims[^1] == 1));

    // Exporters that fold no constants leave a Transpose between a matrix and its product.
    private StoredWeights? WeightsOf(NodeProto node)
    {
        if (graph.Initializer(node.Input[1]) is { } tensor)
        {
            return new(tensor, node, 1);
        }

        return graph.Producer(node.Input[1]) is { } transpose && transpose.IsStandard("Transpose") && node.OpType != "Conv"
            && graph.Initializer(transpose.Input[0]) is { Dims.Count: 2 } matrix && transpose.Find("perm")?.Ints is null or [1, 0]
            && graph.OnlyConsumer(transpose.Output[0]) is not null
            ? new(matrix, transpose, 0)
            : null;
    }

    private sealed record StoredWeights(TensorProto Tensor, NodeProto Reader, int Input);
}
