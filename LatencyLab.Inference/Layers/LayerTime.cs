using System.Text.Json.Serialization;

namespace LatencyLab.Inference.Layers;

/// <summary>What holds a layer back on this machine.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LayerBound>))]
public enum LayerBound
{
    /// <summary>Its multiply-adds take longer at the machine's peak than its bytes.</summary>
    [JsonStringEnumMemberName("compute")] Compute,

    /// <summary>Its bytes take longer at the machine's peak than its multiply-adds.</summary>
    [JsonStringEnumMemberName("memory")] Memory,
}

/// <summary>The time of one layer: a node of the graph that the runtime really runs, after its own optimizations.</summary>
public sealed record LayerTime
{
    /// <summary>Place in the order in which the layers run, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The runtime's name of the node.</summary>
    public required string Name { get; init; }

    /// <summary>The layer of the model file that this one computes, alone or with what is fused to it; null where the runtime added it.</summary>
    public string? OriginalLayer { get; init; }

    /// <summary>All layers of the model file that this one computes, in order; more than one where the runtime fused them.</summary>
    public IReadOnlyList<string> FusedLayers { get; init; } = [];

    /// <summary>The operator that runs, for instance <c>Conv</c> or <c>QLinearConv</c>.</summary>
    public required string OperatorType { get; init; }

    /// <summary>Execution provider, for instance <c>CPU</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>Median over the runs, in milliseconds.</summary>
    public required double P50Ms { get; init; }

    /// <summary>Mean over the runs, in milliseconds.</summary>
    public required double MeanMs { get; init; }

    /// <summary>Share of the sum over all layers' medians, 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>Element type of the first output: <c>float32</c>, <c>float16</c>, <c>uint8</c>, <c>int8</c>, <c>int32</c>, <c>int64</c>, ...</summary>
    public required string OutputType { get; init; }

    /// <summary>Whether it computes on 8-bit integers. Conversions between float and 8 bits do not count.</summary>
    public required bool RunsInInt8 { get; init; }

    /// <summary>Shapes of all inputs, weights included unless the runtime packed them for itself.</summary>
    public required IReadOnlyList<IReadOnlyList<long>> InputShapes { get; init; }

    /// <summary>Shape of the first output.</summary>
    public required IReadOnlyList<long> OutputShape { get; init; }

    /// <summary>Multiply-adds for one run, bias and the runtime's own padding not counted; null for operators other than convolutions and matrix products.</summary>
    public long? MultiplyAdds { get; init; }

    /// <summary>Bytes of all inputs, weights and outputs, each counted once; null where the profile does not tell them.</summary>
    public long? BytesMoved { get; init; }

    /// <summary>Billions of multiply-adds a second, each counted as one operation; null without <see cref="MultiplyAdds"/>.</summary>
    public double? GigaOpsPerSecond { get; init; }

    /// <summary>
    /// The shortest time that the roofline allows over the time taken, from 0 to about 1: of peak multiply-adds where the layer is bound by
    /// compute, of peak bandwidth where by memory. Null where the peak is unknown, and for layers without multiply-adds whose bytes come
    /// from a cache.
    /// </summary>
    public double? ShareOfPeak { get; init; }

    /// <summary>What holds the layer back; null where <see cref="ShareOfPeak"/> is.</summary>
    public LayerBound? Bound { get; init; }
}
