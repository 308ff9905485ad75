using LatencyLab.Inference.Optimization.Facts;
using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>
/// Follows channels (dimension 1 of every activation) through the graph: which ones are tied, which must stay and why. Tensors that no
/// channel can be followed into are left as they are, and what flows into an operator that is not understood is frozen.
/// </summary>
internal sealed class ChannelAnalysis
{
    private readonly ModelGraph _graph;
    private readonly TensorShapes _shapes;
    private readonly IReadOnlyCollection<string> _skip;
    private readonly ChannelDependencies _found = new();
    private readonly Dictionary<string, int[]> _channels = [];
    private readonly WeightedAnalysis _weighted;
    private readonly ReshapeAnalysis _reshape;

    private ChannelAnalysis(ModelGraph graph, TensorShapes shapes, IReadOnlyCollection<string> skip)
    {
        (_graph, _shapes, _skip) = (graph, shapes, skip);
        _weighted = new WeightedAnalysis(graph, shapes, _found);
        _reshape = new ReshapeAnalysis(graph, shapes, _found);
    }

    /// <param name="graph">The graph; it is not changed.</param>
    /// <param name="shapes">Shapes of its tensors.</param>
    /// <param name="skip">Layers whose channels stay.</param>
    public static ChannelDependencies Run(ModelGraph graph, TensorShapes shapes, IReadOnlyCollection<string> skip) =>
        new ChannelAnalysis(graph, shapes, skip).Run();

    private ChannelDependencies Run()
    {
        foreach (var input in _graph.Graph.Input)
        {
            if (_shapes.Find(input.Name) is [_, var count, ..])
            {
                _found.Units.Freeze(_channels[input.Name] = _found.Units.Create(count), "They are the model's input channels.");
            }
        }

        foreach (var node in _graph.Nodes)
        {
            Visit(node);
        }

        foreach (var output in _graph.Graph.Output)
        {
            Freeze(output.Name, "They are the model's outputs.");
        }

        foreach (var layer in _found.Layers.Where(layer => LayerNames.Of(layer).Any(_skip.Contains)))
        {
            _found.Units.Freeze(layer.Outputs, $"'{LayerName.Of(layer.Node)}' was to be skipped.");
        }

        return _found;
    }

    private void Visit(NodeProto node)
    {
        foreach (var name in Subgraphs.NamesRead(node))
        {
            Freeze(name, $"'{LayerName.Of(node)}' ({node.OpType}) reads them inside its body.");
        }

        var channels = Follow(node);
        if (channels is null)
        {
            // Asking for a shape alone harms nothing: what it is used for is looked at where it is used.
            foreach (var name in node.OpType == "Shape" ? [] : node.Input.Distinct())
            {
                Freeze(name, $"They reach '{LayerName.Of(node)}' ({node.OpType}), through which channels cannot be followed.");
            }
        }
        else if (_shapes.Find(node.Output[0]) is { Length: > 1 } shape && shape[1] == channels.Length)
        {
            _channels[node.Output[0]] = channels;
        }
        else
        {
            _found.Units.Freeze(channels, $"The shape that '{LayerName.Of(node)}' ({node.OpType}) makes is not known.");
        }
    }

    /// <summary>The channels of the node's output; null where they cannot be followed.</summary>
    private int[]? Follow(NodeProto node)
    {
        var channels = node.Input.Count > 0 ? Of(node.Input[0]) : null;
        if (node.IsStandard("Conv") || node.IsStandard("Gemm") || node.IsStandard("MatMul"))
        {
            return _weighted.Follow(node, channels);
        }

        if (PassingOperators.IsElementwise(node))
        {
            return Elementwise(node);
        }

        if (channels is null)
        {
            return null;
        }

        var rank = _shapes.Find(node.Input[0])!.Length;
        if (PassingOperators.IsUnary(node) || PassingOperators.IsMapReduction(_graph, node, rank) || PassingOperators.IsMapPadding(_graph, node, rank))
        {
            return channels;
        }

        return node.OpType switch
        {
            "BatchNormalization" or "InstanceNormalization" => Normalization(node, channels),
            "Concat" => Concatenation(node, rank),
            "Flatten" or "Reshape" or "Squeeze" or "Unsqueeze" => _reshape.Follow(node, channels),
            _ => null,
        };
    }

    private int[]? Normalization(NodeProto node, int[] channels)
    {
        var parameters = Enumerable.Range(1, node.Input.Count - 1).ToList();
        if (node.Output.Count != 1 || parameters.Exists(i => !(_graph.Initializer(node.Input[i]) is { Dims: [var length] } tensor && length == channels.Length && TensorSlice.CanTake(tensor))))
        {
            return null;
        }

        _found.Cuts.AddRange(parameters.Select(i => new ChannelCut(node, i, 0, channels)));
        return channels;
    }

    private int[]? Concatenation(NodeProto node, int rank)
    {
        var parts = node.Input.Select(Of).ToList();
        return node.Int("axis", 1) is var axis && (axis == 1 || axis == 1 - rank) && parts.TrueForAll(part => part is not null)
            ? [.. parts.SelectMany(part => part!)]
            : null;
    }

    private int[]? Elementwise(NodeProto node)
    {
        var rank = _shapes.Find(node.Output[0])?.Length ?? 0;
        int[]? result = null;
        var constants = new List<ChannelCut>();
        for (var i = 0; i < node.Input.Count; i++)
        {
            var constant = _graph.Initializer(node.Input[i]);
            var channels = Of(node.Input[i]);
            if (constant is null && (channels is null || _shapes.Find(node.Input[i])!.Length != rank || (result is not null && result.Length != channels.Length)))
            {
                return null;
            }

            // Constants align with the last dimensions.
            var axis = constant is null ? -1 : 1 - (rank - constant.Dims.Count);
            if (constant is not null && axis >= 0 && constant.Dims[axis] != 1)
            {
                constants.Add(new ChannelCut(node, i, axis, []));
            }
            else if (result is not null && channels is not null)
            {
                _found.Units.Tie(result, channels);
            }

            result ??= channels;
        }

        if (result is null || constants.Exists(cut => _graph.Initializer(node.Input[cut.Input]) is var tensor
            && (tensor!.Dims[cut.Axis] != result.Length || !TensorSlice.CanTake(tensor))))
        {
            return null;
        }

        _found.Cuts.AddRange(constants.Select(cut => cut with { Channels = result }));
        return result;
    }

    private int[]? Of(string tensor) => _channels.GetValueOrDefault(tensor);

    private void Freeze(string tensor, string reason)
    {
        if (Of(tensor) is { } channels)
        {
            _found.Units.Freeze(channels, reason);
        }
    }
}
