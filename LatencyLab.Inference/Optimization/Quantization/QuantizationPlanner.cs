using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>Chooses the operators that run in INT8: weighted ones, and those between them that ONNX Runtime fuses.</summary>
internal sealed class QuantizationPlanner(ModelGraph graph, IReadOnlySet<string> keepInFloat)
{
    // What may stand between logits and the model's output.
    private static readonly HashSet<string> Follows = ["Softmax", "LogSoftmax", "Flatten", "Reshape", "Squeeze", "Shape", "Identity", "Dropout"];

    private readonly Dictionary<NodeProto, PlannedOperator> _planned = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<NodeProto> _implied = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _quantized = [];
    private readonly HashSet<string> _shapes = [];
    private readonly List<FloatLayer> _float = [];

    /// <param name="graph">The graph, in the quantizer's form.</param>
    /// <param name="keepInFloat">Names of layers that stay in float whatever they are.</param>
    public static QuantizationPlan Plan(ModelGraph graph, IReadOnlySet<string> keepInFloat) => new QuantizationPlanner(graph, keepInFloat).Plan();

    private QuantizationPlan Plan()
    {
        foreach (var node in graph.Nodes)
        {
            if (_implied.Contains(node) || ComputesShape(node))
            {
                continue;
            }

            // In INT8 it is part of its operator; so it is in float, where it would be no news beside it.
            var role = OperatorRoles.Of(node);
            var activation = role is OperatorRole.Weighted or OperatorRole.Computed ? ImpliedActivation.After(graph, node) : null;
            if (activation is not null)
            {
                _implied.Add(activation);
            }

            if (Obstacle(node, role) is { } reason)
            {
                _float.Add(new FloatLayer(LayerName.Of(node), node.OpType, reason));
                continue;
            }

            var logits = activation is null && IsLastGemm(node);
            var planned = new PlannedOperator(node, role!.Value, [.. Activations(node, role.Value).Distinct()], activation, logits);
            _planned.Add(node, planned);
            if (!logits)
            {
                _quantized.UnionWith(planned.Outputs);
            }
        }

        return new QuantizationPlan(_planned, _float);
    }

    private string? Obstacle(NodeProto node, OperatorRole? role) => role switch
    {
        null => "This operator has no INT8 form here.",
        _ when keepInFloat.Contains(LayerName.Of(node)) => "It was chosen to stay in float.",
        OperatorRole.Weighted => WeightedOperator.Obstacle(graph, node),
        _ when node.Output.Count > 1 && node.OpType != "Split" => "It has a second output.",
        _ when Activations(node, role.Value).Any(name => graph.Initializer(name) is not null) => "One input is a constant.",
        _ when !Activations(node, role.Value).Any(_quantized.Contains) => "None of its inputs comes from an INT8 operator.",
        _ when node.OpType == "GlobalAveragePool" && MakesLogits(node) => "It averages the logits, whose resolution bytes would cost.",
        _ => null,
    };

    private bool IsLastGemm(NodeProto node) => node.OpType == "Gemm" && MakesLogits(node);

    /// <summary>Whether what the node makes reaches the model's outputs with nothing computed in between but a softmax.</summary>
    private bool MakesLogits(NodeProto node) => node.Output.All(name =>
        graph.Consumers(name) is { Count: > 0 } readers ? readers.All(reader => Follows.Contains(reader.OpType) && MakesLogits(reader)) : graph.IsOutput(name));

    private static IEnumerable<string> Activations(NodeProto node, OperatorRole role) =>
        role == OperatorRole.Computed ? node.Input : node.Input.Take(1);

    // Shape arithmetic on integers is no activation; it is neither quantized nor worth a mention.
    private bool ComputesShape(NodeProto node)
    {
        var inputs = node.Input.Where(name => name.Length > 0 && graph.Initializer(name) is null).ToList();
        var computes = node.OpType is "Shape" or "Size" or "Constant" or "ConstantOfShape" || (inputs.Count > 0 && inputs.All(_shapes.Contains));
        if (computes)
        {
            _shapes.UnionWith(node.Output);
        }

        return computes;
    }
}
