using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Rewriting;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>Exchanges operators that have no INT8 kernel for equal ones that have.</summary>
internal static class IntegerForms
{
    private static readonly IGraphRewrite[] Rewrites = [new SumToAdd(), new PadFolding(), new ReduceMeanToPooling()];

    public static void Apply(ModelGraph graph)
    {
        foreach (var rewrite in Rewrites)
        {
            rewrite.Apply(graph);
        }

        graph.RemoveUnused();
    }
}
