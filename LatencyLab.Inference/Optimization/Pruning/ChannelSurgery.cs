using System.Runtime.CompilerServices;
using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>Takes channels out of a graph.</summary>
internal sealed class ChannelSurgery(ModelGraph graph, ChannelDependencies found, HashSet<int> removed)
{
    public void Apply()
    {
        foreach (var (node, inputs) in found.Groups)
        {
            node.Find("group")!.I = Kept(inputs).Length;
        }

        foreach (var (node, channels) in found.Targets)
        {
            var target = TensorData.Int64s(graph.Initializer(node.Input[1])!);
            target[1] = Kept(channels).Length;
            Write(node, 1, TensorData.Create<long>("", target, target.Length));
        }

        foreach (var tensor in found.Cuts.GroupBy(cut => cut.Node.Input[cut.Input]).ToList())
        {
            Cut(graph.Initializer(tensor.Key)!, tensor.GroupBy(cut => (cut.Node, cut.Input), OperandComparer.Instance).ToList());
        }

        // Notes of shapes between the nodes are no longer true; runtimes infer them anew.
        graph.Graph.ValueInfo.Clear();
        graph.Reindex();
        graph.RemoveUnused();
    }

    private void Cut(TensorProto tensor, List<IGrouping<(NodeProto Node, int Input), ChannelCut>> operands)
    {
        var results = operands.ConvertAll(operand => operand.Aggregate(tensor, (part, cut) => TensorSlice.Take(part, cut.Axis, Kept(cut.Channels))));
        // A reader that does not list the tensor has it in its body.
        var readers = graph.Consumers(tensor.Name).Sum(reader => Math.Max(1, reader.Input.Count(name => name == tensor.Name)));
        if (readers == operands.Count && results.TrueForAll(result => result.Equals(results[0])))
        {
            // The name stays: training code finds its weights by it.
            Overwrite(tensor, results[0]);
            return;
        }

        for (var i = 0; i < operands.Count; i++)
        {
            Write(operands[i].Key.Node, operands[i].Key.Input, results[i].Clone());
        }
    }

    private void Write(NodeProto node, int input, TensorProto tensor)
    {
        tensor.Name = graph.UniqueName($"{node.Input[input]}_pruned");
        node.Input[input] = graph.AddInitializer(tensor).Name;
    }

    private static void Overwrite(TensorProto tensor, TensorProto content)
    {
        if (ReferenceEquals(tensor, content))
        {
            return;
        }

        tensor.Dims.Clear();
        tensor.Dims.Add(content.Dims);
        tensor.FloatData.Clear();
        tensor.RawData = content.RawData;
    }

    private int[] Kept(int[] channels) => [.. Enumerable.Range(0, channels.Length).Where(i => !removed.Contains(found.Units.Unit(channels[i])))];

    // Nodes of equal content are still two nodes.
    private sealed class OperandComparer : IEqualityComparer<(NodeProto Node, int Input)>
    {
        public static OperandComparer Instance { get; } = new();

        public bool Equals((NodeProto Node, int Input) x, (NodeProto Node, int Input) y) => ReferenceEquals(x.Node, y.Node) && x.Input == y.Input;

        public int GetHashCode((NodeProto Node, int Input) obj) =>
            HashCode.Combine(RuntimeHelpers.GetHashCode(obj.Node), obj.Input);
    }
}
