using System.Text.Json.Serialization;

namespace LatencyLab.Inference.Sessions;

/// <summary>How far a variant is on its way to answering.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VariantState>))]
public enum VariantState
{
    /// <summary>Its model does not exist yet and is being made, for instance quantized.</summary>
    [JsonStringEnumMemberName("preparing")] Preparing,

    /// <summary>Its session is being created.</summary>
    [JsonStringEnumMemberName("loading")] Loading,

    /// <summary>Its first runs are under way.</summary>
    [JsonStringEnumMemberName("warming")] Warming,

    /// <summary>It answers.</summary>
    [JsonStringEnumMemberName("ready")] Ready,

    /// <summary>It cannot answer; the message says why.</summary>
    [JsonStringEnumMemberName("failed")] Failed,
}

/// <summary>A configured variant of a model, and whether it answers.</summary>
public sealed record VariantStatus
{
    /// <summary>Identifier from the configuration: <c>control</c>, <c>engine</c>, <c>int8</c>, ...</summary>
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    public required string Title { get; init; }

    /// <summary>One sentence: what is different about it.</summary>
    public required string Description { get; init; }

    /// <summary>The model's identifier.</summary>
    public required string ModelId { get; init; }

    /// <summary>Whether it was made while the program ran, and so can be removed again.</summary>
    public bool IsMade { get; init; }

    /// <summary><c>fp32</c> or <c>int8</c>.</summary>
    public required string Precision { get; init; }

    /// <summary>Execution provider in force, or asked for until it is loaded; <c>Remote</c> where another service runs the model.</summary>
    public required string Provider { get; init; }

    /// <summary>Intra-op threads; 0 for a remote variant.</summary>
    public required int Threads { get; init; }

    /// <summary><c>disabled</c>, <c>basic</c>, <c>extended</c> or <c>all</c>.</summary>
    public required string GraphOptimization { get; init; }

    /// <summary>Size of the ONNX file; 0 while it is being made, and for a remote variant.</summary>
    public required long ModelSizeBytes { get; init; }

    /// <summary>Whether it answers.</summary>
    public required VariantState State { get; init; }

    /// <summary>What it is doing, or why it failed; null when ready.</summary>
    public string? Message { get; init; }

    /// <summary>Share of the current work that is done, 0 to 1; null when unknown.</summary>
    public double? Progress { get; init; }

    /// <summary>Duration of the first answer after loading, from a drawn 640 × 480 JPEG to predictions; null until then.</summary>
    public double? ColdMs { get; init; }

    /// <summary>Notes about what is not active and why, for instance a missing GPU.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
