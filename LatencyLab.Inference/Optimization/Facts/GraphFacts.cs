using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Optimization.Rewriting;

namespace LatencyLab.Inference.Optimization.Facts;

/// <summary>What a model's graph tells about it: operators, shapes, parameters, multiply-adds.</summary>
public sealed record GraphFacts
{
    /// <summary>Operator sets that the model imports.</summary>
    public required IReadOnlyList<OperatorSet> OperatorSets { get; init; }

    /// <summary>Version of the standard operator set; 0 where the model imports none.</summary>
    public required long Opset { get; init; }

    /// <summary>Version of the file format.</summary>
    public required long IrVersion { get; init; }

    /// <summary>The program that wrote the file; null where it does not say.</summary>
    public string? Producer { get; init; }

    /// <summary>Inputs, stored weights excluded.</summary>
    public required IReadOnlyList<TensorFacts> Inputs { get; init; }

    /// <summary>Outputs.</summary>
    public required IReadOnlyList<TensorFacts> Outputs { get; init; }

    /// <summary>Operators, the most frequent first. Stored constants are none.</summary>
    public required IReadOnlyList<OperatorCount> Operators { get; init; }

    /// <summary>Learned values: weights, biases, scales and shifts. BatchNormalization's mean and variance are statistics, not learned.</summary>
    public required long Parameters { get; init; }

    /// <summary>Multiply-adds of all convolutions and matrix products for one picture.</summary>
    public required long MultiplyAccumulates { get; init; }

    /// <summary>Size of everything stored in the graph, in bytes.</summary>
    public required long WeightsBytes { get; init; }

    /// <summary>The nodes in the order in which they run.</summary>
    public required IReadOnlyList<LayerFacts> Layers { get; init; }

    /// <summary>Reads the facts of a model in a file.</summary>
    /// <param name="path">An ONNX file with all weights inside.</param>
    /// <param name="pictureShape">As for a model in memory.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <inheritdoc cref="Of(ModelProto, IReadOnlyList{int})" path="/exception"/>
    public static GraphFacts Of(string path, IReadOnlyList<int>? pictureShape = null) => Of(OnnxModelFile.Load(path), pictureShape);

    /// <summary>Reads the facts of a model. It is loaded in the runtime, which works out the shapes; quantized models are understood too.</summary>
    /// <param name="model">The model; it is not changed.</param>
    /// <param name="pictureShape">Shape of one picture; needed only where the model leaves more than the batch size free.</param>
    /// <exception cref="InvalidModelException">The model is damaged, the runtime refuses it, or a free dimension is not given.</exception>
    public static GraphFacts Of(ModelProto model, IReadOnlyList<int>? pictureShape = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var graph = new ModelGraph(model.Clone());
        new ConstantLifting().Apply(graph);
        return Of(graph, TensorShapes.Of(graph.Model, pictureShape));
    }

    /// <summary>Reads the facts of a graph whose constants are lifted.</summary>
    internal static GraphFacts Of(ModelGraph graph, TensorShapes shapes)
    {
        var model = graph.Model;
        var layers = graph.Nodes.Select(node => new LayerFacts(
            LayerName.Of(node), node.OpType, shapes.Find(node.Output[0]), LearnedTensors.Of(graph, node).Sum(LearnedTensors.Count),
            MultiplyAdds.Of(node, shapes) / shapes.Batch)).ToList();
        return new GraphFacts
        {
            OperatorSets = [.. model.OpsetImport.Select(set => new OperatorSet(set.Domain is "" ? "ai.onnx" : set.Domain, set.Version))],
            Opset = model.OpsetImport.FirstOrDefault(set => set.Domain is "" or "ai.onnx")?.Version ?? 0,
            IrVersion = model.IrVersion,
            Producer = $"{model.ProducerName} {model.ProducerVersion}".Trim() is { Length: > 0 } producer ? producer : null,
            Inputs = [.. graph.Graph.Input.Select(Describe)],
            Outputs = [.. graph.Graph.Output.Select(Describe)],
            Operators =
            [
                .. layers.GroupBy(layer => layer.Operator)
                    .Select(nodes => new OperatorCount(nodes.Key, nodes.Count(), nodes.Sum(layer => layer.MultiplyAccumulates)))
                    .OrderByDescending(entry => entry.Count).ThenBy(entry => entry.Operator, StringComparer.Ordinal),
            ],
            // Weights that several nodes share are stored, and counted, once.
            Parameters = graph.Nodes.SelectMany(node => LearnedTensors.Of(graph, node)).DistinctBy(tensor => tensor.Name).Sum(LearnedTensors.Count),
            MultiplyAccumulates = layers.Sum(layer => layer.MultiplyAccumulates),
            WeightsBytes = ModelTensors.All(graph.Graph).Sum(StoredSize.Of),
            Layers = layers,
        };
    }

    private static TensorFacts Describe(ValueInfoProto value)
    {
        var tensor = value.Type?.TensorType;
        var shape = tensor?.Shape?.Dim.Select(d => d.HasDimValue ? FormattableString.Invariant($"{d.DimValue}") : d.DimParam is { Length: > 0 } name ? name : "?");
        return new TensorFacts(value.Name, $"{(TensorProto.Types.DataType)(tensor?.ElemType ?? 0)}", [.. shape ?? []]);
    }
}
