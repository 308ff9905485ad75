using Microsoft.ML.OnnxRuntime.Native;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Element type and shape of a tensor.</summary>
public readonly struct OrtTensorTypeAndShapeInfo
{
    internal unsafe OrtTensorTypeAndShapeInfo(nint info)
    {
        int type;
        nuint rank, count;
        OrtStatus.Check(((delegate* unmanaged<nint, int*, nint>)OrtApi.Function(OrtApiSlot.GetTensorElementType))(info, &type));
        OrtStatus.Check(((delegate* unmanaged<nint, nuint*, nint>)OrtApi.Function(OrtApiSlot.GetDimensionsCount))(info, &rank));
        OrtStatus.Check(((delegate* unmanaged<nint, nuint*, nint>)OrtApi.Function(OrtApiSlot.GetTensorShapeElementCount))(info, &count));
        Shape = new long[(int)rank];
        fixed (long* shape = Shape)
        {
            OrtStatus.Check(((delegate* unmanaged<nint, long*, nuint, nint>)OrtApi.Function(OrtApiSlot.GetDimensions))(info, shape, rank));
        }
        ElementDataType = (TensorElementType)type;
        ElementCount = (long)count;
    }

    public TensorElementType ElementDataType { get; }

    public bool IsString => ElementDataType == TensorElementType.String;

    public long ElementCount { get; }

    public int DimensionsCount => Shape.Length;

    public long[] Shape { get; }
}
