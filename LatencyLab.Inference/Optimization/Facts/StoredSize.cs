using LatencyLab.Inference.Optimization.Onnx;
using DataType = LatencyLab.Inference.Optimization.Onnx.TensorProto.Types.DataType;

namespace LatencyLab.Inference.Optimization.Facts;

/// <summary>How much memory a stored tensor takes.</summary>
internal static class StoredSize
{
    /// <summary>Bytes of the tensor's values.</summary>
    public static long Of(TensorProto tensor) => (LearnedTensors.Count(tensor) * Bits((DataType)tensor.DataType) / 8) + tensor.StringData.Sum(text => text.Length);

    private static int Bits(DataType type) => type switch
    {
        DataType.Float or DataType.Int32 or DataType.Uint32 => 32,
        DataType.Double or DataType.Int64 or DataType.Uint64 or DataType.Complex64 => 64,
        DataType.Complex128 => 128,
        DataType.Float16 or DataType.Bfloat16 or DataType.Int16 or DataType.Uint16 => 16,
        DataType.String or DataType.Undefined => 0,
        _ => 8,
    };
}
