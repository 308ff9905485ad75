using System.Runtime.InteropServices;
using LatencyLab.Inference.Optimization.Onnx;
using DataType = LatencyLab.Inference.Optimization.Onnx.TensorProto.Types.DataType;

namespace LatencyLab.Inference.Models.Import;

/// <summary>Weights must be there in full and be numbers; a tiny file may otherwise declare tensors of any size.</summary>
internal static class WeightRules
{
    /// <exception cref="ModelRefusedException">A tensor's data do not fill its shape, or are not finite.</exception>
    public static void Check(ModelProto model, string name)
    {
        foreach (var tensor in ModelTensors.All(model.Graph))
        {
            if (!FillsShape(tensor))
            {
                throw new ModelRefusedException(
                    ImportRefusal.WeightShape,
                    $"{name}: the weights `{tensor.Name}` declare the shape [{string.Join(", ", tensor.Dims.Take(8))}], "
                    + "but the file does not hold as many values. It is damaged; export or download it again.");
            }
            if (!IsFinite(tensor))
            {
                throw new ModelRefusedException(
                    ImportRefusal.WeightNotFinite,
                    $"{name}: the weights `{tensor.Name}` hold values that are not finite (NaN or infinity). "
                    + "Training has diverged, or the file is damaged.");
            }
        }
    }

    private static bool FillsShape(TensorProto tensor)
    {
        double count = 1;
        foreach (var dimension in tensor.Dims)
        {
            if (dimension < 0)
            {
                return false;
            }
            count *= dimension;
        }
        var values = tensor.HasRawData ? tensor.RawData.Length / BytesPerValue((DataType)tensor.DataType) : TypedValues(tensor);
        return values is null || values == count;
    }

    private static double? BytesPerValue(DataType type) => type switch
    {
        DataType.Float or DataType.Int32 or DataType.Uint32 => 4,
        DataType.Double or DataType.Int64 or DataType.Uint64 or DataType.Complex64 => 8,
        DataType.Float16 or DataType.Bfloat16 or DataType.Int16 or DataType.Uint16 => 2,
        DataType.Int8 or DataType.Uint8 or DataType.Bool => 1,
        // Packed below a byte: the runtime checks these.
        _ => null,
    };

    private static double? TypedValues(TensorProto tensor) => (DataType)tensor.DataType switch
    {
        DataType.Float => tensor.FloatData.Count,
        DataType.Double => tensor.DoubleData.Count,
        DataType.Int64 => tensor.Int64Data.Count,
        DataType.Uint32 or DataType.Uint64 => tensor.Uint64Data.Count,
        DataType.String => tensor.StringData.Count,
        DataType.Int32 or DataType.Int16 or DataType.Uint16 or DataType.Int8 or DataType.Uint8 or DataType.Bool or DataType.Float16 or DataType.Bfloat16 =>
            tensor.Int32Data.Count,
        _ => null,
    };

    private static bool IsFinite(TensorProto tensor)
    {
        if ((DataType)tensor.DataType != DataType.Float)
        {
            return true;
        }
        var values = tensor.HasRawData ? MemoryMarshal.Cast<byte, float>(tensor.RawData.Span) : [.. tensor.FloatData];
        if (values.Length == 1)
        {
            // A bound, of Clip for instance, may well be infinite.
            return !float.IsNaN(values[0]);
        }
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }
        return true;
    }
}
