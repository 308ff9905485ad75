using DataType = LatencyLab.Inference.Optimization.Onnx.TensorProto.Types.DataType;

namespace LatencyLab.Inference.Optimization.Onnx;

/// <summary>
/// Floats below the smallest normal one: they change no result, but some processors take a hundred times as long over them, and pruned
/// or decayed weights abound in them.
/// </summary>
public static class DenormalWeights
{
    /// <summary>Sets them to zero in all stored FP32 tensors; tensors without any keep their bytes.</summary>
    /// <param name="model">The model; it is changed in place.</param>
    /// <returns>How many there were.</returns>
    public static int Flush(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ModelTensors.All(model.Graph).Where(tensor => tensor.DataType == (int)DataType.Float).Sum(Flush);
    }

    private static int Flush(TensorProto tensor)
    {
        var values = TensorData.Floats(tensor);
        var flushed = 0;
        foreach (ref var value in values.AsSpan())
        {
            if (float.IsSubnormal(value))
            {
                value = 0;
                flushed++;
            }
        }

        if (flushed > 0)
        {
            tensor.FloatData.Clear();
            tensor.RawData = TensorData.Create<float>("", values, [.. tensor.Dims]).RawData;
        }

        return flushed;
    }
}
