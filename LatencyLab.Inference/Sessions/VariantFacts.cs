namespace LatencyLab.Inference.Sessions;

/// <summary>What came out of loading a variant.</summary>
public sealed record VariantFacts
{
    /// <summary>Execution provider in force; <c>Remote</c> where another service runs the model.</summary>
    public required string Provider { get; init; }

    /// <summary>Intra-op threads in force; 0 for a remote variant.</summary>
    public required int Threads { get; init; }

    /// <summary>Size of the ONNX file; 0 for a remote variant.</summary>
    public required long ModelSizeBytes { get; init; }

    /// <summary>Duration of the first answer after loading, from a drawn 640 × 480 JPEG to predictions, in milliseconds.</summary>
    public double ColdMs { get; init; }

    /// <summary>Durations of the runs between the first and the settled ones, in milliseconds.</summary>
    public IReadOnlyList<double> WarmupMs { get; init; } = [];

    /// <summary>What is not active and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
