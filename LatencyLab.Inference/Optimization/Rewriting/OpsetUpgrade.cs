using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Rewriting;

/// <summary>Raises the standard operator set to 13, the first in which DequantizeLinear has an axis.</summary>
/// <remarks>Per the operator changelog of the ONNX specification, opsets 7 to 13.</remarks>
internal sealed class OpsetUpgrade : IGraphRewrite
{
    private const int Target = 13;
    private const int Oldest = 7; // Earlier arithmetic has another broadcasting rule.
    private const int IrVersion = 7; // The one that came with opset 13.

    // Operators of classifiers whose meaning and form are the same in opsets 7 to 13.
    private static readonly HashSet<string> Unchanged =
    [
        "Abs", "Add", "AveragePool", "Cast", "Concat", "Constant", "ConstantOfShape", "Conv", "ConvTranspose", "DepthToSpace",
        "Div", "Elu", "Erf", "Exp", "Expand", "Flatten", "Gather", "Gemm", "GlobalAveragePool", "GlobalMaxPool", "HardSigmoid", "Identity",
        "InstanceNormalization", "LRN", "LeakyRelu", "Log", "MatMul", "Max", "MaxPool", "Min", "Mul", "Neg", "PRelu", "Pow", "ReduceMax",
        "ReduceMean", "Relu", "Reshape", "Selu", "Shape", "Sigmoid", "SpaceToDepth", "Sqrt", "Sub", "Sum", "Tanh", "Transpose",
    ];

    /// <inheritdoc/>
    /// <exception cref="InvalidModelException">An operator changed its meaning in between.</exception>
    public void Apply(ModelGraph graph)
    {
        var standard = graph.Model.OpsetImport.FirstOrDefault(set => set.Domain is "" or "ai.onnx")
            ?? throw new InvalidModelException("The model does not import the standard operator set.");
        graph.Model.IrVersion = Math.Max(graph.Model.IrVersion, IrVersion);
        if (standard.Version >= Target)
        {
            return;
        }

        foreach (var node in graph.Nodes.Where(node => node.Domain is "" or "ai.onnx").ToList())
        {
            if (standard.Version < Oldest || !Upgrade(graph, node, (int)standard.Version))
            {
                throw new InvalidModelException(
                    $"{node.OpType} ('{node.Name}') of opset {standard.Version} has another form in opset {Target}. "
                    + $"Export the model with opset {Target} or later.");
            }
        }

        standard.Version = Target;
        graph.Reindex();
    }

    private static bool Upgrade(ModelGraph graph, NodeProto node, int opset)
    {
        switch (node.OpType)
        {
            case "Clip":
                BoundsToInputs(graph, node, opset);
                return true;
            case "Dropout":
                node.Attribute.Clear(); // The ratio matters in training only.
                return true;
            case "Squeeze" or "Unsqueeze" or "ReduceSum":
                AttributeToInput(graph, node, "axes");
                return true;
            case "Split":
                AttributeToInput(graph, node, "split");
                return true;
            case "Softmax" or "LogSoftmax":
                SoftmaxUpgrade.Apply(graph, node);
                return true;
            case "BatchNormalization":
                return NormalizesChannels(node);
            case "Pad" or "Slice" or "Resize":
                return opset >= 11;
            default:
                return Unchanged.Contains(node.OpType);
        }
    }

    private static void BoundsToInputs(ModelGraph graph, NodeProto node, int opset)
    {
        if (opset >= 11)
        {
            return;
        }

        foreach (var (name, unbounded) in new[] { ("min", float.MinValue), ("max", float.MaxValue) })
        {
            var bound = TensorData.Create<float>(graph.UniqueName($"{node.Output[0]}_{name}"), [node.Float(name, unbounded)]);
            node.Input.Add(graph.AddInitializer(bound).Name);
        }

        node.Attribute.Clear();
    }

    private static void AttributeToInput(ModelGraph graph, NodeProto node, string name)
    {
        if (node.Find(name) is { } attribute)
        {
            var tensor = TensorData.Create<long>(graph.UniqueName($"{node.Output[0]}_{name}"), [.. attribute.Ints], attribute.Ints.Count);
            node.Input.Add(graph.AddInitializer(tensor).Name);
            node.Attribute.Remove(attribute);
        }
    }

    // Opset 9 dropped the choice and kept what all exporters chose.
    private static bool NormalizesChannels(NodeProto node)
    {
        if (node.Find("spatial") is { } spatial)
        {
            node.Attribute.Remove(spatial);
            return spatial.I == 1;
        }

        return true;
    }
}
