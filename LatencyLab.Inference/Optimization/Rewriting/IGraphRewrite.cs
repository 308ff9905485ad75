using LatencyLab.Inference.Optimization.Graphs;

namespace LatencyLab.Inference.Optimization.Rewriting;

/// <summary>One change of a graph that leaves what it computes the same.</summary>
internal interface IGraphRewrite
{
    /// <summary>Applies the change wherever it fits; the graph is edited in place.</summary>
    void Apply(ModelGraph graph);
}
