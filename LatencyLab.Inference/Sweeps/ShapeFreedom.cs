using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Sweeps;

/// <summary>Which dimensions of a model's input its graph leaves open.</summary>
/// <param name="Batch">The batch size that the graph fixes; null where it is free.</param>
/// <param name="SizePx">The side of the input that the graph fixes; null where it is free.</param>
public sealed record ShapeFreedom(long? Batch, long? SizePx)
{
    /// <summary>Reads the input's declared shape.</summary>
    /// <exception cref="InvalidModelException">The file is damaged, or has no such input.</exception>
    public static ShapeFreedom Of(ModelFile file, string inputName)
    {
        var graph = OnnxModelFile.Load(file.Path).Graph;
        var input = graph.Input.FirstOrDefault(input => input.Name == inputName)
            ?? throw new InvalidModelException($"{file.Path} has no input `{inputName}`.");
        var dimensions = input.Type.TensorType.Shape?.Dim;
        return dimensions is { Count: 4 } ? new(Fixed(dimensions[0]), Fixed(dimensions[2]) ?? Fixed(dimensions[3])) : new(null, null);
    }

    private static long? Fixed(TensorShapeProto.Types.Dimension dimension) =>
        dimension.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue && dimension.DimValue > 0 ? dimension.DimValue : null;
}
