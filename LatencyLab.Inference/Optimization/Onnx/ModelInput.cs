using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Optimization.Onnx;

/// <summary>The one picture input of a classifier.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="FixedBatch">The batch size where the model fixes it; null where any will do.</param>
/// <param name="PictureShape">The shape of one picture, without the batch dimension.</param>
internal sealed record ModelInput(string Name, int? FixedBatch, IReadOnlyList<int> PictureShape)
{
    /// <summary>Values in one picture.</summary>
    public int PictureLength { get; } = PictureShape.Aggregate(1, (product, d) => product * d);

    /// <summary>The input's shape for a number of pictures.</summary>
    public long[] ShapeOf(int pictures) => [pictures, .. PictureShape.Select(d => (long)d)];

    /// <summary>Reads the input's declaration and holds it against the pictures at hand.</summary>
    /// <exception cref="InvalidModelException">There is not exactly one float input, or the pictures do not fit it.</exception>
    public static ModelInput Of(ModelProto model, IReadOnlyList<int> pictureShape)
    {
        if (model.Graph.Input is not [var input])
        {
            throw new InvalidModelException($"The model has {model.Graph.Input.Count} inputs; a classifier has one, the picture.");
        }

        if (input.Type?.TensorType is not { Shape: not null } tensor || tensor.ElemType != (int)TensorProto.Types.DataType.Float)
        {
            throw new InvalidModelException($"The input '{input.Name}' is not a float tensor with a shape. Export the model in FP32.");
        }

        var dimensions = tensor.Shape.Dim;
        var fits = dimensions.Count == pictureShape.Count + 1
            && dimensions.Skip(1).Zip(pictureShape).All(pair => !pair.First.HasDimValue || pair.First.DimValue == pair.Second);
        if (!fits)
        {
            var expected = string.Join(',', dimensions.Select(d => d.HasDimValue ? $"{d.DimValue}" : d.DimParam));
            throw new InvalidModelException($"The pictures have the shape [{string.Join(',', pictureShape)}]; '{input.Name}' takes [{expected}].");
        }

        int? batch = dimensions[0].HasDimValue && dimensions[0].DimValue > 0 ? (int)dimensions[0].DimValue : null;
        return new ModelInput(input.Name, batch, pictureShape);
    }
}
