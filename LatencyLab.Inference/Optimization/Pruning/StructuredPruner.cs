using System.Diagnostics;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Facts;
using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Optimization.Rewriting;

namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>
/// Removes whole channels from a classifier, so that the result is a smaller dense model that runs faster everywhere. Channels that meet
/// in sums, depthwise convolutions and gates go together; inputs and classes stay; names of weights stay, so that training code can go on
/// from the result. Accuracy is lost until it is fine-tuned. The same model and options give the same bytes.
/// </summary>
public static class StructuredPruner
{
    private const int OldestOpset = 7; // Earlier arithmetic has another broadcasting rule.

    /// <summary>Prunes the model in a file.</summary>
    /// <param name="path">An FP32 ONNX classifier with all weights inside.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="pictureShape">As for a model in memory.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <inheritdoc cref="Prune(ModelProto, PruningOptions, IReadOnlyList{int}, CancellationToken)" path="/exception"/>
    public static PrunedModel Prune(
        string path, PruningOptions? options = null, IReadOnlyList<int>? pictureShape = null, CancellationToken cancellation = default) =>
        Prune(OnnxModelFile.Load(path), options, pictureShape, cancellation);

    /// <summary>Prunes a model.</summary>
    /// <param name="model">An FP32 ONNX classifier; it is not changed. BatchNormalization may be folded or not, and stays as it is.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="pictureShape">Shape of one picture; needed only where the model leaves more than the batch size free.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="InvalidModelException">
    /// The model is damaged, has several inputs, the runtime refuses it, or a free dimension is not given.
    /// </exception>
    /// <exception cref="PruningException">
    /// It is quantized, no channel may go, a layer to skip does not exist, the target cannot be reached, or the result does not run.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static PrunedModel Prune(
        ModelProto model, PruningOptions? options = null, IReadOnlyList<int>? pictureShape = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new PruningOptions();
        options.Validate();
        var started = Stopwatch.GetTimestamp();
        var graph = GraphOf(model);
        var shapes = TensorShapes.Of(graph.Model, pictureShape);
        var before = GraphFacts.Of(graph, shapes);
        cancellation.ThrowIfCancellationRequested();

        var found = ChannelAnalysis.Run(graph, shapes, options.Skip);
        if (UnknownLayer(found, options.Skip) is { } unknown)
        {
            throw new PruningException(unknown);
        }

        var groups = ChannelGroups.Of(graph, found, options.Criterion);
        if (groups.Count == 0)
        {
            var reasons = found.Layers.Select(layer => found.Units.Frozen(layer.Outputs[0])).Distinct();
            throw new PruningException(found.Layers.Count == 0
                ? "There is nothing to prune: the model has no Conv, Gemm or MatMul with FP32 weights stored in it."
                : $"There is nothing to prune. Why channels stay: {string.Join(' ', reasons)}");
        }

        var selection = new ChannelSelection(groups, options);
        var costs = new LayerCosts(graph, found, before);
        var removed = options.MultiplyAccumulatesShare is { } share
            ? selection.Removed(costs.Remaining, share * before.MultiplyAccumulates)
            : selection.Removed(options.KeepShare);
        cancellation.ThrowIfCancellationRequested();

        new ChannelSurgery(graph, found, removed).Apply();
        var flushed = DenormalWeights.Flush(graph.Model);
        PruningNote.Add(graph.Model, options, 1 - ((double)removed.Count / selection.Total));
        PrunedModelCheck.Run(graph.Model, shapes.Find(graph.Graph.Input[0].Name)!);
        var after = GraphFacts.Of(graph, TensorShapes.Of(graph.Model, pictureShape));
        return new PrunedModel(graph.Model, new PruningReport
        {
            Layers = costs.Layers(after),
            Criterion = options.CriterionName,
            Allocation = options.AllocationName,
            KeptShare = 1 - ((double)removed.Count / selection.Total),
            MultiplyAccumulatesBefore = before.MultiplyAccumulates,
            MultiplyAccumulatesAfter = after.MultiplyAccumulates,
            ParametersBefore = before.Parameters,
            ParametersAfter = after.Parameters,
            SizeBeforeBytes = model.CalculateSize(),
            SizeAfterBytes = graph.Model.CalculateSize(),
            DenormalsFlushed = flushed,
            DurationMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds,
        });
    }

    /// <summary>What is wrong with the names of layers to skip, in a sentence; null where the model has them all.</summary>
    /// <inheritdoc cref="Prune(ModelProto, PruningOptions?, IReadOnlyList{int}?, CancellationToken)" path="/exception"/>
    internal static string? UnknownLayer(ModelProto model, IReadOnlyCollection<string> skip, IReadOnlyList<int>? pictureShape)
    {
        var graph = GraphOf(model);
        return UnknownLayer(ChannelAnalysis.Run(graph, TensorShapes.Of(graph.Model, pictureShape), skip), skip);
    }

    private static string? UnknownLayer(ChannelDependencies found, IReadOnlyCollection<string> skip) =>
        skip.FirstOrDefault(name => !found.Layers.Exists(layer => LayerNames.Of(layer).Contains(name))) is { } unknown
            ? $"There is no layer '{unknown}' to skip. Layers: {string.Join(", ", found.Layers.Select(layer => LayerName.Of(layer.Node)))}."
            : null;

    private static ModelGraph GraphOf(ModelProto model)
    {
        var graph = new ModelGraph(model.Clone());
        RefuseUnfit(graph);
        new ConstantLifting().Apply(graph);
        new IdentityRemoval().Apply(graph);
        return graph;
    }

    private static void RefuseUnfit(ModelGraph graph)
    {
        if (graph.Graph.Input.Count != 1)
        {
            throw new InvalidModelException($"The model has {graph.Graph.Input.Count} inputs; a classifier has one, the picture.");
        }

        var quantizedNode = graph.Nodes.FirstOrDefault(
            node => node.OpType is "QuantizeLinear" or "DequantizeLinear" || node.OpType.StartsWith("QLinear", StringComparison.Ordinal));
        if (quantizedNode is { } quantized)
        {
            throw new PruningException($"The model is quantized ({quantized.OpType} '{LayerName.Of(quantized)}'). Prune the FP32 model, then quantize.");
        }

        if (graph.Model.OpsetImport.FirstOrDefault(set => set.Domain is "" or "ai.onnx") is { Version: < OldestOpset } old)
        {
            throw new PruningException($"The model is of opset {old.Version}. Export it with opset {OldestOpset} or later.");
        }
    }
}
