using System.Text.Json;
using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Remote;

/// <summary>Checks what a service says about a model against the model's card, before any picture is sent.</summary>
internal static class RemoteMetadata
{
    /// <exception cref="InvalidDataException">A name, type or shape differs; the message completes "the service answered with …".</exception>
    public static void Check(JsonElement metadata, Model model)
    {
        var size = model.Card.Preprocessing.Size;
        CheckOne(metadata, "inputs", model.Card.Input.Name, [1, 3, size, size]);
        CheckOne(metadata, "outputs", model.Card.Output.Name, [1, model.Card.NumClasses]);
    }

    private static void CheckOne(JsonElement metadata, string role, string name, int[] expected)
    {
        foreach (var tensor in metadata.GetProperty(role).EnumerateArray())
        {
            if (tensor.GetProperty("name").GetString() != name)
            {
                continue;
            }
            var shape = tensor.GetProperty("shape");
            var datatype = tensor.GetProperty("datatype").GetString();
            if (datatype != OpenInferenceProtocol.Float32 || !JsonTensor.HasShape(shape, expected, variable: true))
            {
                throw new InvalidDataException(
                    $"{role} `{name}` of {datatype}{shape.GetRawText()}, where the model card has FP32[{string.Join(',', expected)}]");
            }
            return;
        }
        throw new InvalidDataException($"no {role} `{name}`");
    }
}
