using System.Text.RegularExpressions;
using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Inference.Layers;

/// <summary>
/// Finds the layers of the FP32 model file behind the nodes that the runtime made of them. The runtime keeps a node's name, adds
/// <c>_token_N</c> to it, or calls it by the tensor it makes with <c>_nchwc</c>; what has no node of its own was fused into one.
/// </summary>
internal sealed partial class OriginalLayers
{
    /// <summary>These compute nothing at run time: nobody would look for them in a layer.</summary>
    private static readonly string[] Invisible = ["Constant", "Shape", "Identity", "Dropout"];

    private readonly ModelGraph _graph;
    private readonly Dictionary<string, NodeProto> _byName = [];
    private readonly Dictionary<NodeProto, int> _owners = new(ReferenceEqualityComparer.Instance);

    private OriginalLayers(ModelGraph graph)
    {
        _graph = graph;
        foreach (var node in graph.Nodes)
        {
            _byName.TryAdd(LayerName.Of(node), node);
        }
    }

    /// <summary>The layers of the model file that each node computes, in the model's order; none for nodes that the runtime added.</summary>
    /// <param name="graph">The FP32 model as it is in its file.</param>
    /// <param name="nodes">The nodes that run, in the order in which they run.</param>
    public static IReadOnlyList<IReadOnlyList<NodeProto>> Of(ModelGraph graph, IReadOnlyList<ProfiledNode> nodes) =>
        new OriginalLayers(graph).Assign(nodes);

    private List<NodeProto>[] Assign(IReadOnlyList<ProfiledNode> nodes)
    {
        var anchors = nodes.Select(node => Find(node.Name)).ToArray();
        for (var i = 0; i < anchors.Length; i++)
        {
            if (anchors[i] is { } anchor)
            {
                _owners.TryAdd(anchor, i);
            }
        }
        for (var i = 0; i < anchors.Length; i++)
        {
            if (anchors[i] is { } anchor && OperatorFamily.Of(anchor.OpType) != OperatorFamily.Of(nodes[i].OperatorType))
            {
                TakeBefore(anchor, OperatorFamily.Of(nodes[i].OperatorType), i);
            }
        }
        TakeAfter();
        var layers = nodes.Select(_ => new List<NodeProto>()).ToArray();
        foreach (var node in _graph.Nodes.Where(_owners.ContainsKey))
        {
            layers[_owners[node]].Add(node);
        }
        return layers;
    }

    private NodeProto? Find(string name)
    {
        var plain = Token().Replace(name, "");
        return _byName.GetValueOrDefault(name) ?? _byName.GetValueOrDefault(plain) ?? _graph.Producer(TensorSuffix().Replace(plain, ""));
    }

    /// <summary>A convolution that goes by the name of the activation behind it: walks back to the convolution.</summary>
    private void TakeBefore(NodeProto node, string family, int owner)
    {
        foreach (var producer in node.Input.Select(_graph.Producer))
        {
            if (producer is not null && _graph.OnlyConsumer(producer.Output[0]) is not null && _owners.TryAdd(producer, owner)
                && OperatorFamily.Of(producer.OpType) != family)
            {
                TakeBefore(producer, family, owner);
            }
        }
    }

    /// <summary>What is left, such as an activation or an addition, was fused to what makes its latest input.</summary>
    private void TakeAfter()
    {
        foreach (var node in _graph.Nodes.Where(node => !_owners.ContainsKey(node) && !Invisible.Contains(node.OpType)))
        {
            var owner = node.Input.Select(_graph.Producer).OfType<NodeProto>().Select(producer => _owners.GetValueOrDefault(producer, -1))
                .DefaultIfEmpty(-1).Max();
            if (owner >= 0)
            {
                _owners.Add(node, owner);
            }
        }
    }

    [GeneratedRegex(@"_token_\d+$")]
    private static partial Regex Token();

    [GeneratedRegex("_(nchwc|float)$")]
    private static partial Regex TensorSuffix();
}
