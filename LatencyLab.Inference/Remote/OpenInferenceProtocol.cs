namespace LatencyLab.Inference.Remote;

/// <summary>
/// Names of the Open Inference Protocol v2 over REST and its binary tensor extension, in which raw little-endian tensors follow the
/// JSON in the same body. Specification: the Open Inference Protocol project's <c>inference_rest.md</c>, and Triton's
/// <c>extension_binary_data.md</c>.
/// </summary>
public static class OpenInferenceProtocol
{
    /// <summary>Header with the length in bytes of the JSON in a binary body.</summary>
    public const string HeaderLength = "Inference-Header-Content-Length";

    /// <summary>Media type of a binary body.</summary>
    public const string BinaryMediaType = "application/octet-stream";

    /// <summary>Name of the binary extension in a server's metadata.</summary>
    public const string BinaryExtension = "binary_tensor_data";

    /// <summary>Parameter of a tensor that follows the JSON: its size in bytes.</summary>
    public const string BinaryDataSize = "binary_data_size";

    /// <summary>Parameter of a requested output: whether it is wanted behind the JSON.</summary>
    public const string BinaryData = "binary_data";

    /// <summary>Parameter of a request: whether all outputs are wanted behind the JSON.</summary>
    public const string BinaryDataOutput = "binary_data_output";

    /// <summary>LatencyLab's own parameter of a response: what the model alone took on the server, in milliseconds.</summary>
    public const string InferenceMs = "inference_ms";

    /// <summary>The data type of 32-bit floating point numbers.</summary>
    public const string Float32 = "FP32";
}
