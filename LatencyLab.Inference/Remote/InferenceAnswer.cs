using System.Runtime.InteropServices;
using System.Text.Json;

namespace LatencyLab.Inference.Remote;

/// <summary>Reads the body of a service's answer: JSON alone, or JSON followed by raw tensors.</summary>
internal static class InferenceAnswer
{
    /// <summary>Copies the logits out of an answer.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="headerLength">Length of its JSON in bytes; null where it is all JSON.</param>
    /// <param name="outputName">The output to find.</param>
    /// <param name="logits">Receives one logit a class.</param>
    /// <returns>What the model alone took on the server, in milliseconds, where it says so.</returns>
    /// <exception cref="InvalidDataException">It is no answer to the request; the message completes "the service answered with …".</exception>
    public static double? Read(ReadOnlyMemory<byte> body, int? headerLength, string outputName, Span<float> logits)
    {
        if (headerLength is < 1 || headerLength > body.Length)
        {
            throw new InvalidDataException($"{body.Length} bytes, of which {headerLength} should be JSON");
        }
        try
        {
            using var json = JsonDocument.Parse(headerLength is { } length ? body[..length] : body);
            ReadOutput(json.RootElement, body.Span[(headerLength ?? body.Length)..], outputName, logits);
            return ServerMs(json.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException("something that is not the protocol's JSON", error);
        }
    }

    private static void ReadOutput(JsonElement answer, ReadOnlySpan<byte> tensors, string outputName, Span<float> logits)
    {
        long offset = 0;
        foreach (var output in answer.GetProperty("outputs").EnumerateArray())
        {
            var sizeBytes = BinarySize(output);
            if (output.GetProperty("name").GetString() != outputName)
            {
                offset += sizeBytes ?? 0;
                continue;
            }
            CheckKind(output, logits.Length);
            if (sizeBytes is null)
            {
                if (!JsonTensor.TryRead(output.GetProperty("data"), logits))
                {
                    throw new InvalidDataException($"an output `{outputName}` that has not {logits.Length} numbers");
                }
                return;
            }
            if (sizeBytes != (long)logits.Length * sizeof(float) || offset < 0 || offset > tensors.Length - sizeBytes)
            {
                throw new InvalidDataException($"an output `{outputName}` of {sizeBytes} bytes in {tensors.Length}, not {logits.Length} numbers");
            }
            tensors.Slice((int)offset, (int)sizeBytes).CopyTo(MemoryMarshal.AsBytes(logits));
            return;
        }
        throw new InvalidDataException($"no output `{outputName}`");
    }

    private static void CheckKind(JsonElement output, int classes)
    {
        var shape = output.GetProperty("shape");
        var datatype = output.GetProperty("datatype").GetString();
        if (datatype != OpenInferenceProtocol.Float32 || !(JsonTensor.HasShape(shape, [1, classes]) || JsonTensor.HasShape(shape, [classes])))
        {
            throw new InvalidDataException($"{datatype}{shape.GetRawText()} instead of FP32[1,{classes}]");
        }
    }

    private static long? BinarySize(JsonElement output) =>
        output.TryGetProperty("parameters", out var parameters) && parameters.TryGetProperty(OpenInferenceProtocol.BinaryDataSize, out var size)
            ? size.GetInt64()
            : null;

    private static double? ServerMs(JsonElement answer) =>
        answer.TryGetProperty("parameters", out var parameters) && parameters.TryGetProperty(OpenInferenceProtocol.InferenceMs, out var ms)
            && ms.ValueKind == JsonValueKind.Number
            ? ms.GetDouble()
            : null;
}
