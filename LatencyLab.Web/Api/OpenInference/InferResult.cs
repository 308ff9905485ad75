using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using LatencyLab.Inference.Remote;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Web.Api.OpenInference;

/// <summary>The answer to an inference: JSON with the numbers in it, or behind it.</summary>
/// <param name="variant">What answered.</param>
/// <param name="request">What was asked.</param>
/// <param name="logits">One logit a class.</param>
/// <param name="inferenceMs">What the model alone took; 0 where that is not known.</param>
internal sealed class InferResult(Variant variant, InferRequest request, float[] logits, double inferenceMs) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = new ArrayBufferWriter<byte>();
        WriteJson(body);
        var response = httpContext.Response;
        response.ContentType = "application/json";
        if (request.BinaryOutput)
        {
            response.ContentType = OpenInferenceProtocol.BinaryMediaType;
            response.Headers[OpenInferenceProtocol.HeaderLength] = body.WrittenCount.ToString(CultureInfo.InvariantCulture);
            body.Write(MemoryMarshal.AsBytes(logits.AsSpan()));
        }
        response.ContentLength = body.WrittenCount;
        return response.Body.WriteAsync(body.WrittenMemory, httpContext.RequestAborted).AsTask();
    }

    private void WriteJson(IBufferWriter<byte> body)
    {
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteString("model_name", variant.Model.Id);
        json.WriteString("model_version", variant.Options.Id);
        if (request.Id is not null)
        {
            json.WriteString("id", request.Id);
        }
        if (inferenceMs > 0)
        {
            json.WriteStartObject("parameters");
            json.WriteNumber(OpenInferenceProtocol.InferenceMs, inferenceMs);
            json.WriteEndObject();
        }
        json.WriteStartArray("outputs");
        WriteOutput(json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteOutput(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", variant.Model.Card.Output.Name);
        json.WriteString("datatype", OpenInferenceProtocol.Float32);
        json.WriteStartArray("shape");
        json.WriteNumberValue(1);
        json.WriteNumberValue(logits.Length);
        json.WriteEndArray();
        if (request.BinaryOutput)
        {
            json.WriteStartObject("parameters");
            json.WriteNumber(OpenInferenceProtocol.BinaryDataSize, logits.Length * sizeof(float));
            json.WriteEndObject();
        }
        else
        {
            json.WriteStartArray("data");
            foreach (var logit in logits)
            {
                json.WriteNumberValue(logit);
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }
}
