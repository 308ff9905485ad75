namespace LatencyLab.Inference.Runtime;

/// <summary>The machine and runtime behind a measurement; stamped on every result.</summary>
public sealed record EnvironmentFacts
{
    /// <summary>Processor model name.</summary>
    public required string Cpu { get; init; }

    /// <summary>Processors that this process may use (cgroup-aware).</summary>
    public required int LogicalCores { get; init; }

    /// <summary>Vector instruction sets that matter here, for instance <c>AVX2</c>, <c>AVX-512 VNNI</c>.</summary>
    public required IReadOnlyList<string> InstructionSets { get; init; }

    /// <summary>How INT8 products are computed on this processor: <c>AMX</c>, <c>AVX-512 VNNI</c>, <c>AVX-VNNI</c>, <c>AVX2 (7-bit weights)</c>, <c>Arm dot product</c> or <c>scalar</c>.</summary>
    public required string Int8Path { get; init; }

    /// <summary>Name of the GPU in use, or null.</summary>
    public string? Gpu { get; init; }

    /// <summary>Why no GPU is in use; null when one is.</summary>
    public string? GpuInactiveReason { get; init; }

    /// <summary>Name of the inference runtime.</summary>
    public required string Runtime { get; init; }

    /// <summary>Version of the inference runtime.</summary>
    public required string RuntimeVersion { get; init; }

    /// <summary>Operating system.</summary>
    public required string Os { get; init; }

    /// <summary>One-minute load average; null where the system has none.</summary>
    public double? Load1 { get; init; }
}
