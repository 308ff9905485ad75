namespace Microsoft.ML.OnnxRuntime;

/// <summary>A call into ONNX Runtime failed. The message begins with <c>[ErrorCode:Name]</c>.</summary>
public class OnnxRuntimeException : Exception
{
    internal OnnxRuntimeException(string message)
        : base(message)
    {
    }
}
