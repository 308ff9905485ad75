using System.Globalization;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Web.Components.Results;

/// <summary>The machine behind the numbers, in one line.</summary>
public static class EnvironmentLine
{
    /// <summary>Processor, cores, INT8 path, GPU, runtime, system, load.</summary>
    public static IReadOnlyList<string> Of(EnvironmentFacts environment)
    {
        var parts = new List<string>
        {
            environment.Cpu,
            Figures.Count(environment.LogicalCores, "core"),
            $"INT8 by {environment.Int8Path}",
            environment.Gpu ?? (environment.GpuInactiveReason is { } reason ? $"no GPU: {reason}" : "no GPU"),
            $"{environment.Runtime} {environment.RuntimeVersion}",
            environment.Os,
        };
        if (environment.Load1 is { } load)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"load {load:0.00}"));
        }
        return parts;
    }
}
