using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Rewriting;

/// <summary>Removes Identity and Dropout (which does nothing at inference), so that neighbours meet.</summary>
internal sealed class IdentityRemoval : IGraphRewrite
{
    /// <inheritdoc/>
    public void Apply(ModelGraph graph)
    {
        foreach (var node in graph.Nodes.Where(node => IsNoOperation(graph, node)).ToList())
        {
            // An output of the model keeps its name; the runtime removes that last copy itself.
            if (graph.IsOutput(node.Output[0]) || graph.Consumers(node.Output[0]).Any(reader => Subgraphs.NamesRead(reader).Any()))
            {
                continue;
            }

            foreach (var reader in graph.Consumers(node.Output[0]))
            {
                for (var i = 0; i < reader.Input.Count; i++)
                {
                    reader.Input[i] = reader.Input[i] == node.Output[0] ? node.Input[0] : reader.Input[i];
                }
            }

            graph.Remove(node);
        }
    }

    // A Dropout's second output, the mask, is of use in training only; some exporters name it all the same.
    private static bool IsNoOperation(ModelGraph graph, NodeProto node) =>
        node.Output.Skip(1).All(name => graph.Consumers(name).Count == 0 && !graph.IsOutput(name)) && (node.IsStandard("Identity") || (node.IsStandard("Dropout") && node.InputOrNull(2) is null));
}
