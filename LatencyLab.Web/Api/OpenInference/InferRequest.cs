using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Remote;

namespace LatencyLab.Web.Api.OpenInference;

/// <summary>A checked request for one inference.</summary>
/// <param name="Id">The caller's identifier of the request, to be returned; null for none.</param>
/// <param name="Tensor">The input, as little-endian 32-bit numbers.</param>
/// <param name="BinaryOutput">Whether the output is wanted behind the JSON rather than in it.</param>
internal sealed record InferRequest(string? Id, ReadOnlyMemory<byte> Tensor, bool BinaryOutput)
{
    private const int LongestHeaderBytes = 16 * 1024;

    /// <summary>A number with 17 digits, its sign and exponent, in indented JSON.</summary>
    private const int LongestNumberBytes = 48;

    /// <summary>The longest body that can be a request to this model.</summary>
    public static int LongestBytes(Model model) => LongestHeaderBytes + (LongestNumberBytes * Numbers(model));

    /// <summary>Reads and checks a request.</summary>
    /// <param name="body">The whole body; the tensor may point into it.</param>
    /// <param name="headerLength">Length of its JSON, as the header says it; null where it is all JSON.</param>
    /// <param name="model">The model that shall run.</param>
    /// <exception cref="OpenInferenceException">It is no request for this model; the message says what is wrong.</exception>
    public static InferRequest Read(ReadOnlyMemory<byte> body, string? headerLength, Model model)
    {
        var length = HeaderLength(headerLength, body.Length);
        try
        {
            using var json = JsonDocument.Parse(body[..length]);
            var root = json.RootElement;
            var id = root.TryGetProperty("id", out var given) ? given.GetString() : null;
            return new(id, ReadInput(root, body[length..], model), WantsBinary(root, model));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Bad(
                "The request is not the protocol's JSON: an object with `inputs`, each with `name`, `shape`, `datatype` and `data`. "
                + $"Where raw tensors follow it, {OpenInferenceProtocol.HeaderLength} must say how many bytes it has.");
        }
    }

    private static int HeaderLength(string? text, int bodyLength)
    {
        if (string.IsNullOrEmpty(text))
        {
            return bodyLength;
        }
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length > 0 && length <= bodyLength
            ? length
            : throw Bad(
                $"{OpenInferenceProtocol.HeaderLength} is `{text}`; it must be the length of the JSON, from 1 to the body's {bodyLength} bytes.");
    }

    private static ReadOnlyMemory<byte> ReadInput(JsonElement root, ReadOnlyMemory<byte> tensors, Model model)
    {
        var name = model.Card.Input.Name;
        var inputs = root.GetProperty("inputs");
        if (inputs.GetArrayLength() != 1 || inputs[0].GetProperty("name").GetString() != name)
        {
            throw Bad($"The model has one input, `{name}`. Send exactly this one.");
        }
        var input = inputs[0];
        CheckKind(input, model);
        if (input.TryGetProperty("parameters", out var parameters)
            && parameters.TryGetProperty(OpenInferenceProtocol.BinaryDataSize, out var sizeBytes))
        {
            var expected = (long)Numbers(model) * sizeof(float);
            return sizeBytes.GetInt64() == expected && tensors.Length == expected
                ? tensors
                : throw Bad(
                    $"`{name}` must have {expected} bytes behind the JSON; "
                    + $"{sizeBytes.GetRawText()} are announced and {tensors.Length} are there.");
        }
        var bytes = new byte[Numbers(model) * sizeof(float)];
        return JsonTensor.TryRead(input.GetProperty("data"), MemoryMarshal.Cast<byte, float>(bytes.AsSpan()))
            ? bytes
            : throw Bad($"`data` of `{name}` must hold exactly {Numbers(model)} numbers.");
    }

    private static void CheckKind(JsonElement input, Model model)
    {
        var size = model.Card.Preprocessing.Size;
        var shape = input.GetProperty("shape");
        var datatype = input.GetProperty("datatype").GetString();
        if (datatype != OpenInferenceProtocol.Float32)
        {
            throw Bad($"`{model.Card.Input.Name}` is {OpenInferenceProtocol.Float32}, not {datatype}.");
        }
        if (!JsonTensor.HasShape(shape, [1, 3, size, size]))
        {
            throw Bad($"`{model.Card.Input.Name}` has the shape [1,3,{size},{size}], not {shape.GetRawText()}. Send one picture at a time.");
        }
    }

    private static bool WantsBinary(JsonElement root, Model model)
    {
        var binary = Flag(root, OpenInferenceProtocol.BinaryDataOutput) ?? false;
        if (!root.TryGetProperty("outputs", out var outputs))
        {
            return binary;
        }
        foreach (var output in outputs.EnumerateArray())
        {
            if (output.GetProperty("name").GetString() != model.Card.Output.Name)
            {
                throw Bad($"The model has one output, `{model.Card.Output.Name}`. Ask for this one, or leave `outputs` out.");
            }
            binary = Flag(output, OpenInferenceProtocol.BinaryData) ?? binary;
        }
        return binary;
    }

    private static bool? Flag(JsonElement element, string name) =>
        element.TryGetProperty("parameters", out var parameters) && parameters.TryGetProperty(name, out var flag) ? flag.GetBoolean() : null;

    private static int Numbers(Model model) => 3 * model.Card.Preprocessing.Size * model.Card.Preprocessing.Size;

    private static OpenInferenceException Bad(string message) => new(StatusCodes.Status400BadRequest, message);
}
