using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Facts;

/// <summary>Counts the multiply-adds of convolutions and matrix products, in float and in INT8; biases, activations and pooling count nothing.</summary>
internal static class MultiplyAdds
{
    /// <summary>Multiply-adds for the batch that the shapes are for; 0 for other operators and where a shape is not known.</summary>
    public static long Of(NodeProto node, TensorShapes shapes)
    {
        long[]? ShapeOf(int input) => node.InputOrNull(input) is { } name ? shapes.Find(name) : null;
        return node.OpType switch
        {
            "Conv" or "ConvInteger" => Convolution(shapes.Find(node.Output[0]), ShapeOf(1)),
            "QLinearConv" => Convolution(shapes.Find(node.Output[0]), ShapeOf(3)),
            // Every input value meets every weight of its channel.
            "ConvTranspose" => Convolution(ShapeOf(0), ShapeOf(1)),
            "Gemm" or "QGemm" => Product(shapes.Find(node.Output[0]), ShapeOf(0), node.Int("transA", 0) == 0 ? 1 : 2),
            "MatMul" or "MatMulInteger" or "QLinearMatMul" => Product(shapes.Find(node.Output[0]), ShapeOf(0), 1),
            _ => 0,
        };
    }

    // Each position of the [N, C, ...] map uses all weights of [C, inputs / groups, ...] once.
    private static long Convolution(long[]? map, long[]? weights) =>
        map is [_, > 0, ..] && weights is not null ? Elements(map) / map[1] * Elements(weights) : 0;

    private static long Product(long[]? output, long[]? left, int commonAxisFromEnd) =>
        output is not null && left is not null && left.Length >= commonAxisFromEnd ? Elements(output) * left[^commonAxisFromEnd] : 0;

    private static long Elements(long[] shape) => shape.Aggregate(1L, (product, size) => product * size);
}
