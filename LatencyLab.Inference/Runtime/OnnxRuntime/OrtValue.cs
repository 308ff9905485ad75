using System.Buffers;
using Microsoft.ML.OnnxRuntime.Native;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>A tensor, over memory of the caller or of the runtime.</summary>
public sealed unsafe class OrtValue : IDisposable
{
    private readonly OrtSafeHandle _handle;
    private MemoryHandle _pinned;

    internal OrtValue(nint handle, MemoryHandle pinned = default)
    {
        _handle = new OrtSafeHandle(handle, OrtApiSlot.ReleaseValue);
        _pinned = pinned;
    }

    public OnnxValueType OnnxType
    {
        get
        {
            int type;
            OrtStatus.Check(((delegate* unmanaged<nint, int*, nint>)OrtApi.Function(OrtApiSlot.GetValueType))(Handle, &type));
            return (OnnxValueType)type;
        }
    }

    public bool IsTensor => OnnxType == OnnxValueType.ONNX_TYPE_TENSOR;

    internal nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
            return _handle.DangerousGetHandle();
        }
    }

    /// <summary>A tensor over a managed array, which stays pinned until the value is disposed.</summary>
    public static OrtValue CreateTensorValueFromMemory<T>(T[] data, long[] shape)
        where T : unmanaged => CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, data.AsMemory(), shape);

    /// <summary>A tensor over managed memory, which stays pinned until the value is disposed.</summary>
    public static OrtValue CreateTensorValueFromMemory<T>(OrtMemoryInfo memoryInfo, Memory<T> memory, long[] shape)
        where T : unmanaged
    {
        var pinned = memory.Pin();
        try
        {
            return new OrtValue(Wrap(memoryInfo, ElementTypeOf<T>(), shape, (nint)pinned.Pointer, (long)memory.Length * sizeof(T)), pinned);
        }
        catch
        {
            pinned.Dispose();
            throw;
        }
    }

    /// <summary>A tensor over native memory, which the caller keeps alive until the value is disposed.</summary>
    public static OrtValue CreateTensorValueWithData(
        OrtMemoryInfo memInfo, TensorElementType elementType, long[] shape, IntPtr dataBufferPtr, long bufferLengthInBytes) =>
        new(Wrap(memInfo, elementType, shape, dataBufferPtr, bufferLengthInBytes));

    /// <summary>A tensor over memory of the runtime.</summary>
    public static OrtValue CreateAllocatedTensorValue(OrtAllocator allocator, TensorElementType elementType, long[] shape)
    {
        nint value;
        fixed (long* dimensions = shape)
        {
            OrtStatus.Check(((delegate* unmanaged<nint, long*, nuint, int, nint*, nint>)OrtApi.Function(OrtApiSlot.CreateTensorAsOrtValue))(
                allocator.DangerousGetHandle(), dimensions, (nuint)shape.Length, (int)elementType, &value));
        }
        return new OrtValue(value);
    }

    public OrtTensorTypeAndShapeInfo GetTensorTypeAndShape()
    {
        using var info = new OrtSafeHandle(
            OrtApi.Get(OrtApiSlot.GetTensorTypeAndShape, Handle), OrtApiSlot.ReleaseTensorTypeAndShapeInfo);
        return new OrtTensorTypeAndShapeInfo(info.DangerousGetHandle());
    }

    /// <summary>The elements; valid until the value is disposed.</summary>
    public ReadOnlySpan<T> GetTensorDataAsSpan<T>()
        where T : unmanaged => GetTensorMutableDataAsSpan<T>();

    /// <summary>The elements, writable; valid until the value is disposed.</summary>
    /// <exception cref="OnnxRuntimeException"><typeparamref name="T"/> is not the tensor's element type.</exception>
    public Span<T> GetTensorMutableDataAsSpan<T>()
        where T : unmanaged
    {
        var info = GetTensorTypeAndShape();
        if (ElementTypeOf<T>() != info.ElementDataType)
        {
            throw new OnnxRuntimeException($"[ErrorCode:InvalidArgument] The tensor holds {info.ElementDataType}, not {typeof(T).Name}.");
        }
        return new Span<T>((void*)OrtApi.Get(OrtApiSlot.GetTensorMutableData, Handle), checked((int)info.ElementCount));
    }

    /// <summary>The elements as bytes; valid until the value is disposed.</summary>
    public Span<byte> GetTensorMutableRawData()
    {
        var info = GetTensorTypeAndShape();
        var bytes = checked((int)(info.ElementCount * SizeOf(info.ElementDataType)));
        return new Span<byte>((void*)OrtApi.Get(OrtApiSlot.GetTensorMutableData, Handle), bytes);
    }

    public void Dispose()
    {
        _handle.Dispose();
        _pinned.Dispose();
    }

    private static nint Wrap(OrtMemoryInfo info, TensorElementType type, long[] shape, nint data, long bytes)
    {
        nint value;
        fixed (long* dimensions = shape)
        {
            OrtStatus.Check(((delegate* unmanaged<nint, nint, nuint, long*, nuint, int, nint*, nint>)
                OrtApi.Function(OrtApiSlot.CreateTensorWithDataAsOrtValue))(
                info.DangerousGetHandle(), data, (nuint)bytes, dimensions, (nuint)shape.Length, (int)type, &value));
        }
        return value;
    }

    private static TensorElementType ElementTypeOf<T>() => Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.Single => TensorElementType.Float,
        TypeCode.Double => TensorElementType.Double,
        TypeCode.Byte => TensorElementType.UInt8,
        TypeCode.SByte => TensorElementType.Int8,
        TypeCode.UInt16 => TensorElementType.UInt16,
        TypeCode.Int16 => TensorElementType.Int16,
        TypeCode.UInt32 => TensorElementType.UInt32,
        TypeCode.Int32 => TensorElementType.Int32,
        TypeCode.UInt64 => TensorElementType.UInt64,
        TypeCode.Int64 => TensorElementType.Int64,
        TypeCode.Boolean => TensorElementType.Bool,
        _ => throw new OnnxRuntimeException($"[ErrorCode:NotImplemented] Tensors of {typeof(T).Name} are not supported."),
    };

    private static int SizeOf(TensorElementType type) => type switch
    {
        TensorElementType.UInt8 or TensorElementType.Int8 or TensorElementType.Bool => 1,
        TensorElementType.UInt16 or TensorElementType.Int16 or TensorElementType.Float16 or TensorElementType.BFloat16 => 2,
        TensorElementType.Float or TensorElementType.Int32 or TensorElementType.UInt32 => 4,
        TensorElementType.Double or TensorElementType.Int64 or TensorElementType.UInt64 or TensorElementType.Complex64 => 8,
        _ => throw new OnnxRuntimeException($"[ErrorCode:NotImplemented] Elements of type {type} have no fixed size."),
    };
}
