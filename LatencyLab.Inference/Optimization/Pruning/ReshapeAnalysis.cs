using LatencyLab.Inference.Optimization.Facts;
using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>Changes of shape that lay each channel's values side by side in dimension 1, as in front of a classifier.</summary>
internal sealed class ReshapeAnalysis(ModelGraph graph, TensorShapes shapes, ChannelDependencies found)
{
    /// <returns>Channels of the output: each one repeated once a value of its map; null where the change is another one.</returns>
    public int[]? Follow(NodeProto node, int[] channels)
    {
        if (shapes.Find(node.Input[0]) is not { } before || shapes.Find(node.Output[0]) is not { Length: > 1 } after)
        {
            return null;
        }

        var values = (int)before.Skip(2).Aggregate(1L, (product, size) => product * size);
        if (after[0] != before[0] || after[1] != (long)channels.Length * values || after.Skip(2).Any(size => size != 1))
        {
            return null;
        }

        int[] laid = [.. channels.SelectMany(channel => Enumerable.Repeat(channel, values))];
        return node.OpType != "Reshape" || TargetFollows(node, laid) ? laid : null;
    }

    // A target that names the number of channels is rewritten; one that is computed could be anything.
    private bool TargetFollows(NodeProto node, int[] laid)
    {
        if (graph.Initializer(node.InputOrNull(1)) is not { } target)
        {
            return false;
        }

        if (TensorData.Int64s(target) is [_, > 0, ..])
        {
            found.Targets.Add((node, laid));
        }

        return true;
    }
}
