using LatencyLab.Inference.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace LatencyLab.Inference.Sessions;

/// <summary>Checks a loaded graph against its card before any memory is bound to it.</summary>
internal static class ModelShape
{
    /// <exception cref="InvalidModelException">A name, type or size differs.</exception>
    public static void Check(InferenceSession session, Model model, int batch, int size)
    {
        CheckOne("input", model, model.Card.Input.Name, session.InputMetadata, [batch, 3, size, size]);
        CheckOne("output", model, model.Card.Output.Name, session.OutputMetadata, [batch, model.Card.NumClasses]);
    }

    private static void CheckOne(string role, Model model, string name, IReadOnlyDictionary<string, NodeMetadata> nodes, int[] expected)
    {
        if (!nodes.TryGetValue(name, out var node))
        {
            throw new InvalidModelException(
                $"{model.CardPath}: the graph has no {role} `{name}`; it has {string.Join(", ", nodes.Keys)}. Correct `{role}.name`.");
        }
        var fits = node.IsTensor && node.ElementDataType == TensorElementType.Float && node.Dimensions.Length == expected.Length
            && node.Dimensions.Zip(expected).All(pair => pair.First < 0 || pair.First == pair.Second);
        if (!fits)
        {
            throw new InvalidModelException(
                $"{model.CardPath}: the graph's {role} `{name}` is {node.ElementDataType}[{string.Join(", ", node.Dimensions)}], "
                + $"but the card says Float[{string.Join(", ", expected)}].");
        }
    }
}
