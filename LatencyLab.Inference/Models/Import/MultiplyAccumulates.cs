using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Models.Import;

/// <summary>Counts multiply-accumulate operations: those of convolutions and matrix products, which are nearly all of a classifier's.</summary>
internal static class MultiplyAccumulates
{
    /// <summary>Outputs of the operators that count.</summary>
    public static IReadOnlyList<string> CountedTensors(ModelProto model) => [.. Counted(model).Select(pair => pair.Node.Output[0])];

    /// <summary>The number for one picture.</summary>
    /// <param name="model">The model.</param>
    /// <param name="shapes">Sizes of <see cref="CountedTensors"/>.</param>
    public static long Count(ModelProto model, IReadOnlyDictionary<string, long[]> shapes) =>
        Counted(model).Sum(pair => shapes[pair.Node.Output[0]].Aggregate(1L, (product, size) => product * size) * PerValue(pair.Node, pair.Weights));

    private static IEnumerable<(NodeProto Node, TensorProto Weights)> Counted(ModelProto model)
    {
        var weights = model.Graph.Initializer.GroupBy(tensor => tensor.Name).ToDictionary(group => group.Key, group => group.First());
        return from node in model.Graph.Node
               where node.OpType is "Conv" or "Gemm" or "MatMul" && node.Domain is "" or "ai.onnx" && node.Input.Count > 1 && weights.ContainsKey(node.Input[1])
               let tensor = weights[node.Input[1]]
               where tensor.Dims.Count >= 2 && tensor.Dims.All(size => size > 0)
               select (node, tensor);
    }

    /// <summary>Operations for one value of the output.</summary>
    private static long PerValue(NodeProto node, TensorProto weights) => node.OpType switch
    {
        "Conv" => weights.Dims.Skip(1).Aggregate(1L, (product, size) => product * size),
        "Gemm" => node.Int("transB", 0) != 0 ? weights.Dims[1] : weights.Dims[0],
        _ => weights.Dims[^2],
    };
}
