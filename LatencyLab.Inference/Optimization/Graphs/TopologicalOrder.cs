using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Graphs;

/// <summary>Puts nodes after those that make their inputs; nodes that are in order already stay where they are.</summary>
internal static class TopologicalOrder
{
    /// <exception cref="InvalidModelException">The graph has a cycle.</exception>
    public static void Apply(ModelGraph graph)
    {
        var waiting = graph.Nodes.ToList();
        var sorted = new List<NodeProto>(waiting.Count);
        var made = new HashSet<string>();
        while (waiting.Count > 0)
        {
            var before = sorted.Count;
            waiting.RemoveAll(node =>
            {
                var ready = node.Input.Concat(Subgraphs.NamesRead(node)).All(name => graph.Producer(name) is null || made.Contains(name));
                if (ready)
                {
                    sorted.Add(node);
                    made.UnionWith(node.Output);
                }

                return ready;
            });
            if (sorted.Count == before)
            {
                throw new InvalidModelException($"The graph has a cycle through the node '{waiting[0].Name}' ({waiting[0].OpType}).");
            }
        }

        graph.ReplaceNodes(sorted);
    }
}
