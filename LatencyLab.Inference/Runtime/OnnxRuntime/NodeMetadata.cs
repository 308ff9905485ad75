using Microsoft.ML.OnnxRuntime.Native;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Declared type and shape of a model's input or output.</summary>
public class NodeMetadata
{
    internal unsafe NodeMetadata(nint typeInfo)
    {
        int kind;
        OrtStatus.Check(((delegate* unmanaged<nint, int*, nint>)OrtApi.Function(OrtApiSlot.GetOnnxTypeFromTypeInfo))(typeInfo, &kind));
        OnnxValueType = (OnnxValueType)kind;
        if (!IsTensor)
        {
            return;
        }
        // The cast borrows from the type info: nothing to release.
        var tensor = OrtApi.Get(OrtApiSlot.CastTypeInfoToTensorInfo, typeInfo);
        int element;
        nuint rank;
        OrtStatus.Check(((delegate* unmanaged<nint, int*, nint>)OrtApi.Function(OrtApiSlot.GetTensorElementType))(tensor, &element));
        OrtStatus.Check(((delegate* unmanaged<nint, nuint*, nint>)OrtApi.Function(OrtApiSlot.GetDimensionsCount))(tensor, &rank));
        var dimensions = new long[(int)rank];
        var names = new nint[(int)rank];
        fixed (long* sizes = dimensions)
        fixed (nint* symbols = names)
        {
            OrtStatus.Check(((delegate* unmanaged<nint, long*, nuint, nint>)OrtApi.Function(OrtApiSlot.GetDimensions))(tensor, sizes, rank));
            OrtStatus.Check(((delegate* unmanaged<nint, nint*, nuint, nint>)OrtApi.Function(OrtApiSlot.GetSymbolicDimensions))(tensor, symbols, rank));
        }
        ElementDataType = (TensorElementType)element;
        Dimensions = Array.ConvertAll(dimensions, size => (int)size);
        SymbolicDimensions = Array.ConvertAll(names, name => OrtApi.ReadText((byte*)name) ?? "");
    }

    public OnnxValueType OnnxValueType { get; }

    public bool IsTensor => OnnxValueType == OnnxValueType.ONNX_TYPE_TENSOR;

    public bool IsString => ElementDataType == TensorElementType.String;

    /// <summary>Sizes; -1 where a dimension is symbolic.</summary>
    public int[] Dimensions { get; } = [];

    /// <summary>Names of symbolic dimensions; empty where a dimension is fixed.</summary>
    public string[] SymbolicDimensions { get; } = [];

    public TensorElementType ElementDataType { get; }

    public Type ElementType => ElementDataType switch
    {
        TensorElementType.Float => typeof(float),
        TensorElementType.Double => typeof(double),
        TensorElementType.UInt8 => typeof(byte),
        TensorElementType.Int8 => typeof(sbyte),
        TensorElementType.UInt16 => typeof(ushort),
        TensorElementType.Int16 => typeof(short),
        TensorElementType.UInt32 => typeof(uint),
        TensorElementType.Int32 => typeof(int),
        TensorElementType.UInt64 => typeof(ulong),
        TensorElementType.Int64 => typeof(long),
        TensorElementType.Bool => typeof(bool),
        TensorElementType.String => typeof(string),
        _ => typeof(object),
    };
}
