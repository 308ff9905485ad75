using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Rewriting;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>A model as the quantizer works on it: folded, in operators that have integer kernels. Layers have their final names.</summary>
internal static class QuantizerForm
{
    /// <summary>Brings a model into the form; the model itself is not changed.</summary>
    /// <exception cref="InvalidModelException">The model is damaged, or of an opset that cannot be raised.</exception>
    /// <exception cref="QuantizationException">It is quantized already.</exception>
    public static ModelGraph Of(ModelProto model)
    {
        var graph = new ModelGraph(model.Clone());
        RefuseQuantized(graph);
        Canonicalization.Apply(graph);
        IntegerForms.Apply(graph);
        return graph;
    }

    /// <summary>Refuses names of layers that there are not.</summary>
    /// <param name="graph">A graph in this form.</param>
    /// <param name="keepInFloat">Names of layers to keep in float.</param>
    /// <exception cref="QuantizationException">The model has no such layer.</exception>
    public static void RefuseUnknown(ModelGraph graph, IReadOnlySet<string> keepInFloat)
    {
        var unknown = keepInFloat.Except(graph.Nodes.Select(LayerName.Of)).Order(StringComparer.Ordinal).FirstOrDefault();
        if (unknown is not null)
        {
            throw new QuantizationException(
                $"There is no layer `{unknown}` to keep in float. The report of a quantization and a sensitivity analysis list the names.");
        }
    }

    private static void RefuseQuantized(ModelGraph graph)
    {
        var quantized = graph.Nodes.FirstOrDefault(
            node => node.OpType is "QuantizeLinear" or "DequantizeLinear" || node.OpType.StartsWith("QLinear", StringComparison.Ordinal));
        if (quantized is { } node)
        {
            throw new QuantizationException($"The model is quantized already ({node.OpType} '{node.Name}'). Give the FP32 model.");
        }
    }
}
