using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>Picks positions along one axis of a stored FP32 tensor.</summary>
internal static class TensorSlice
{
    public static bool CanTake(TensorProto tensor) => tensor.DataType == (int)TensorProto.Types.DataType.Float;

    public static TensorProto Take(TensorProto tensor, int axis, int[] positions)
    {
        if (positions.Length == tensor.Dims[axis])
        {
            return tensor;
        }

        var values = TensorData.Floats(tensor).AsSpan();
        var length = (int)tensor.Dims[axis];
        var stride = (int)tensor.Dims.Skip(axis + 1).Aggregate(1L, (product, size) => product * size);
        var blocks = values.Length / (length * stride);
        var taken = new float[blocks * positions.Length * stride];
        var at = 0;
        for (var block = 0; block < blocks; block++)
        {
            foreach (var position in positions)
            {
                values.Slice(((block * length) + position) * stride, stride).CopyTo(taken.AsSpan(at, stride));
                at += stride;
            }
        }

        var shape = tensor.Dims.ToArray();
        shape[axis] = positions.Length;
        return TensorData.Create<float>(tensor.Name, taken, shape);
    }
}
