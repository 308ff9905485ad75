using LatencyLab.Inference.Optimization.Graphs;

namespace LatencyLab.Inference.Optimization.Rewriting;

/// <summary>Brings an exported graph to the form that the quantizer understands: constants stored, BatchNorm and scales folded, opset 13.</summary>
internal static class Canonicalization
{
    // In this order: folding looks for initializers and direct neighbours.
    private static readonly IGraphRewrite[] Rewrites =
    [
        new OpsetUpgrade(),
        new ConstantLifting(),
        new IdentityRemoval(),
        new BatchNormalizationFolding(),
        new MatMulToGemm(),
        new ScalarScaleFolding(),
    ];

    public static void Apply(ModelGraph graph)
    {
        foreach (var rewrite in Rewrites)
        {
            rewrite.Apply(graph);
        }

        graph.RemoveUnused();
    }
}
