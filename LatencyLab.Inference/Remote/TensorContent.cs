using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text.Json;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Inference.Remote;

/// <summary>
/// The body of every request of one <see cref="RemoteInference"/>: JSON that never changes, and the tensor straight from the native
/// memory that preprocessing writes.
/// </summary>
internal sealed class TensorContent : HttpContent
{
    private readonly NativeBuffer _tensor;
    private readonly byte[] _header;

    public TensorContent(NativeBuffer tensor, Model model)
    {
        _tensor = tensor;
        _header = Describe(model, tensor.SizeBytes);
        Headers.ContentType = new MediaTypeHeaderValue(OpenInferenceProtocol.BinaryMediaType);
        Headers.Add(OpenInferenceProtocol.HeaderLength, _header.Length.ToString(CultureInfo.InvariantCulture));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _header.Length + _tensor.SizeBytes;
        return true;
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        stream.Write(_header);
        // Little-endian, as the protocol wants it and as every machine is that ONNX Runtime runs on.
        stream.Write(MemoryMarshal.AsBytes(_tensor.Floats));
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        SerializeToStream(stream, context, CancellationToken.None);
        return Task.CompletedTask;
    }

    private static byte[] Describe(Model model, long sizeBytes)
    {
        var size = model.Card.Preprocessing.Size;
        return JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["inputs"] = new[]
            {
                new
                {
                    name = model.Card.Input.Name,
                    shape = new[] { 1, 3, size, size },
                    datatype = OpenInferenceProtocol.Float32,
                    parameters = new Dictionary<string, long> { [OpenInferenceProtocol.BinaryDataSize] = sizeBytes },
                },
            },
            ["outputs"] = new[]
            {
                new
                {
                    name = model.Card.Output.Name,
                    parameters = new Dictionary<string, bool> { [OpenInferenceProtocol.BinaryData] = true },
                },
            },
        });
    }
}
