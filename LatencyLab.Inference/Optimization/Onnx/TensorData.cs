using System.Runtime.InteropServices;
using Google.Protobuf;
using Google.Protobuf.Collections;
using LatencyLab.Inference.Models;
using DataType = LatencyLab.Inference.Optimization.Onnx.TensorProto.Types.DataType;

namespace LatencyLab.Inference.Optimization.Onnx;

/// <summary>Reads and writes the values of stored tensors, whether raw bytes (little-endian) or typed fields.</summary>
public static class TensorData
{
    /// <summary>A tensor of 32-bit floats.</summary>
    /// <exception cref="InvalidModelException">The tensor is of another type, or its data do not fill its shape.</exception>
    public static float[] Floats(TensorProto tensor) => Read<float>(tensor, DataType.Float, t => [.. t.FloatData]);

    /// <inheritdoc cref="Floats"/>
    /// <summary>A tensor of 32-bit integers.</summary>
    public static int[] Int32s(TensorProto tensor) => Read<int>(tensor, DataType.Int32, t => [.. t.Int32Data]);

    /// <inheritdoc cref="Floats"/>
    /// <summary>A tensor of 64-bit integers.</summary>
    public static long[] Int64s(TensorProto tensor) => Read<long>(tensor, DataType.Int64, t => [.. t.Int64Data]);

    /// <inheritdoc cref="Floats"/>
    /// <summary>A tensor of signed bytes.</summary>
    public static sbyte[] Int8s(TensorProto tensor) => Read<sbyte>(tensor, DataType.Int8, t => [.. t.Int32Data.Select(v => (sbyte)v)]);

    /// <inheritdoc cref="Floats"/>
    /// <summary>A tensor of unsigned bytes.</summary>
    public static byte[] UInt8s(TensorProto tensor) => Read<byte>(tensor, DataType.Uint8, t => [.. t.Int32Data.Select(v => (byte)v)]);

    /// <inheritdoc cref="Floats"/>
    /// <summary>A tensor of 16-bit floats.</summary>
    public static Half[] Halves(TensorProto tensor) =>
        Read<Half>(tensor, DataType.Float16, t => [.. t.Int32Data.Select(v => BitConverter.UInt16BitsToHalf((ushort)v))]);

    /// <summary>Makes a tensor of float, half, int, long, sbyte or byte values.</summary>
    /// <param name="name">The tensor's name, unique in its graph.</param>
    /// <param name="values">The values in row-major order.</param>
    /// <param name="shape">The dimensions; empty for a scalar.</param>
    /// <exception cref="ArgumentException">The values do not fill the shape.</exception>
    public static TensorProto Create<T>(string name, ReadOnlySpan<T> values, params ReadOnlySpan<long> shape) where T : unmanaged
    {
        var tensor = new TensorProto { Name = name, DataType = (int)TypeOf<T>() };
        foreach (var dimension in shape)
        {
            tensor.Dims.Add(dimension);
        }

        if (ElementCount(tensor.Dims) != values.Length)
        {
            throw new ArgumentException($"{values.Length} values do not fill the shape of '{name}'.", nameof(values));
        }

        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values));
        return tensor;
    }

    private static T[] Read<T>(TensorProto tensor, DataType type, Func<TensorProto, T[]> typedField) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.DataType != (int)type)
        {
            throw new InvalidModelException($"The tensor '{tensor.Name}' is {(DataType)tensor.DataType}, not {type}.");
        }

        var values = tensor.HasRawData ? MemoryMarshal.Cast<byte, T>(tensor.RawData.Span).ToArray() : typedField(tensor);
        return values.Length == ElementCount(tensor.Dims)
            ? values
            : throw new InvalidModelException(
                $"The tensor '{tensor.Name}' has {values.Length} values for the shape [{string.Join(',', tensor.Dims)}]. The file is damaged.");
    }

    // -1 for dimensions that no tensor has, so that no content fits them.
    private static long ElementCount(RepeatedField<long> dimensions)
    {
        var count = 1L;
        foreach (var dimension in dimensions)
        {
            if (dimension < 0 || (dimension > 0 && count > long.MaxValue / dimension))
            {
                return -1;
            }

            count *= dimension;
        }

        return count;
    }

    private static DataType TypeOf<T>() where T : unmanaged =>
        default(T) switch
        {
            float => DataType.Float,
            Half => DataType.Float16,
            int => DataType.Int32,
            long => DataType.Int64,
            sbyte => DataType.Int8,
            byte => DataType.Uint8,
            _ => throw new NotSupportedException($"Tensors of {typeof(T).Name} are not written."),
        };
}
