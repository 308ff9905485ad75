using LatencyLab.Inference.Runtime;

namespace LatencyLab.Inference.Layers;

/// <summary>Where the inference time of one variant goes, layer by layer.</summary>
public sealed record LayerProfile
{
    /// <summary>The model's identifier.</summary>
    public required string ModelId { get; init; }

    /// <summary>The variant's identifier.</summary>
    public required string VariantId { get; init; }

    /// <summary><c>fp32</c>, <c>int8</c>, ...</summary>
    public required string Precision { get; init; }

    /// <summary>Intra-op threads.</summary>
    public required int Threads { get; init; }

    /// <summary>Profiled runs; those before the clock settled are not among them.</summary>
    public required int Runs { get; init; }

    /// <summary>Median inference time of the same variant without profiling, in milliseconds.</summary>
    public required double InferenceP50Ms { get; init; }

    /// <summary>Median inference time with profiling, in milliseconds: what profiling adds is the difference.</summary>
    public required double ProfiledP50Ms { get; init; }

    /// <summary>Sum of the layers' medians, in milliseconds.</summary>
    public required double LayersMs { get; init; }

    /// <summary>The machine.</summary>
    public required EnvironmentFacts Environment { get; init; }

    /// <summary>The layers in the order in which they run.</summary>
    public required IReadOnlyList<LayerTime> Layers { get; init; }

    /// <summary>The same by operator, the longest first.</summary>
    public required IReadOnlyList<OperatorShare> ByOperator { get; init; }

    /// <summary>The machine's measured peak; null where it was not measured.</summary>
    public MachinePeak? Peak { get; init; }
}

/// <summary>What all layers of one operator take together.</summary>
/// <param name="OperatorType">The operator that runs, for instance <c>Conv</c>.</param>
/// <param name="Count">Number of layers.</param>
/// <param name="TotalMs">Sum of their medians, in milliseconds.</param>
/// <param name="Share">Share of the sum over all layers, 0 to 1.</param>
public sealed record OperatorShare(string OperatorType, int Count, double TotalMs, double Share);
