using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Hosting;

/// <summary>The three deployments that are compared unless the configuration names others.</summary>
public static class DefaultVariants
{
    /// <summary>The untouched model, the model on an optimized engine, the optimized model.</summary>
    public static IReadOnlyList<VariantOptions> All { get; } =
    [
        new()
        {
            Id = "control",
            Title = "Control",
            Description = "The model as exported: FP32 on one CPU thread, graph optimizations off.",
            GraphOptimization = "disabled",
            IoBinding = false,
        },
        new()
        {
            Id = "engine",
            Title = "Engine",
            Description = "The same weights on an optimized engine: best execution provider, all graph optimizations, tuned threads, I/O binding.",
            Provider = "auto",
            Threads = 0,
        },
        new()
        {
            Id = "int8",
            Title = "INT8",
            Description = "Optimized weights: statically quantized to 8-bit integers, one CPU thread.",
            Precision = Precisions.Int8,
        },
    ];
}
