using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Models.Import;

/// <summary>What the operators of a foreign graph may be; looked at before any of them runs.</summary>
internal static class GraphRules
{
    /// <summary>The newest standard operator set that ONNX Runtime 1.30 is released with.</summary>
    internal const long NewestOpset = 26;

    /// <summary>The most values that one constant may ask an operator to make.</summary>
    private const long MaxMadeValues = 100_000_000;

    /// <summary>No picture needs a longer border, step or kernel.</summary>
    private const long MaxWindowPx = 8192;

    private static readonly HashSet<string> Domains = ["", "ai.onnx", "ai.onnx.ml", "com.microsoft"];
    private static readonly HashSet<string> Windows = ["pads", "strides", "dilations", "kernel_shape", "output_padding", "output_shape"];

    /// <exception cref="ModelRefusedException">The graph uses something that a classifier has no business with.</exception>
    public static void Check(ModelProto model, string name)
    {
        var opset = model.OpsetImport.Where(import => import.Domain is "" or "ai.onnx").Select(import => import.Version).DefaultIfEmpty(0).Max();
        if (opset > NewestOpset)
        {
            throw new ModelRefusedException(
                ImportRefusal.OpsetTooNew,
                $"{name} uses opset {opset}; the runtime knows {NewestOpset} and older. Export it with opset 17 to {NewestOpset}.");
        }
        var functions = model.Functions.Select(function => (function.Domain, function.Name)).ToHashSet();
        var constants = Constants(model.Graph).GroupBy(constant => constant.Name).ToDictionary(group => group.Key, group => group.First().Value);
        foreach (var node in Nodes(model.Graph).Concat(model.Functions.SelectMany(function => function.Node)))
        {
            if (!Domains.Contains(node.Domain) && !functions.Contains((node.Domain, node.OpType)))
            {
                throw new ModelRefusedException(
                    ImportRefusal.UnknownOperator,
                    $"{name} uses the operator {node.Domain}::{node.OpType}, which is not of the ONNX standard. "
                    + "Export the model without custom operators.");
            }
            CheckOperator(node, constants, name);
        }
    }

    private static void CheckOperator(NodeProto node, Dictionary<string, TensorProto> constants, string name)
    {
        if (node.OpType is "Loop" or "Scan" or "SequenceMap")
        {
            throw new ModelRefusedException(
                ImportRefusal.ControlFlow,
                $"{name} has a loop ({node.OpType} `{node.Name}`): how long it runs is not known beforehand. "
                + "Export the model with loops unrolled.");
        }
        if (node.OpType is "QuantizeLinear" or "DequantizeLinear" or "ConvInteger" or "MatMulInteger" || node.OpType.StartsWith("QLinear", StringComparison.Ordinal))
        {
            throw new ModelRefusedException(
                ImportRefusal.Quantized,
                $"{name} is quantized already ({node.OpType} `{node.Name}`). "
                + "Give the FP32 model: LatencyLab makes and compares the INT8 itself.");
        }
        if (node.OpType.StartsWith("Random", StringComparison.Ordinal) || node.OpType is "Multinomial" or "Bernoulli")
        {
            throw new ModelRefusedException(
                ImportRefusal.Random,
                $"{name} draws random numbers ({node.OpType} `{node.Name}`), so no two answers would agree. "
                + "Export it in evaluation mode, after model.eval().");
        }
        var wide = node.Attribute.FirstOrDefault(attribute => Windows.Contains(attribute.Name) && attribute.Ints.Any(value => value is > MaxWindowPx or < -MaxWindowPx));
        if (wide is not null || MadeValues(node, constants) > MaxMadeValues)
        {
            throw new ModelRefusedException(
                ImportRefusal.HugeTensor,
                $"{name}: {node.OpType} `{node.Name}` would make a tensor beyond all measure. The file is damaged or hostile.");
        }
    }

    /// <summary>Values that an operator makes from a constant shape; 0 where it makes none.</summary>
    private static double MadeValues(NodeProto node, Dictionary<string, TensorProto> constants)
    {
        var shape = node.OpType switch
        {
            "ConstantOfShape" => node.InputOrNull(0),
            "Expand" or "Tile" or "Pad" => node.InputOrNull(1),
            "Resize" => node.InputOrNull(3) ?? node.InputOrNull(2),
            "Upsample" => node.InputOrNull(1),
            _ => null,
        };
        return shape is not null && constants.TryGetValue(shape, out var tensor) ? ProductOf(tensor) : 0;
    }

    // Long or float, raw or typed: only the order of magnitude counts, and only where the data are there.
    private static double ProductOf(TensorProto tensor)
    {
        var type = (TensorProto.Types.DataType)tensor.DataType;
        try
        {
            return type switch
            {
                TensorProto.Types.DataType.Int64 => TensorData.Int64s(tensor).Aggregate(1.0, (product, value) => product * Math.Max(1, Math.Abs((double)value))),
                TensorProto.Types.DataType.Float => TensorData.Floats(tensor).Aggregate(1.0, (product, value) => product * Math.Max(1, value)),
                _ => 0,
            };
        }
        catch (InvalidModelException)
        {
            // WeightRules says what is wrong with it.
            return 0;
        }
    }

    private static IEnumerable<(string Name, TensorProto Value)> Constants(GraphProto graph) =>
        graph.Initializer.Select(tensor => (tensor.Name, tensor)).Concat(
            from node in graph.Node
            where node.OpType == "Constant" && node.Output.Count == 1 && node.Find("value")?.T is not null
            select (node.Output[0], node.Find("value")!.T));

    private static IEnumerable<NodeProto> Nodes(GraphProto graph) => graph.Node.Concat(
        graph.Node.SelectMany(node => node.Attribute).SelectMany(Subgraphs.Of).SelectMany(Nodes));
}
