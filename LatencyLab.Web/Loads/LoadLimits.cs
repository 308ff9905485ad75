using System.ComponentModel.DataAnnotations;
using LatencyLab.Inference.Measurement.Load;

namespace LatencyLab.Web.Loads;

/// <summary>What load visitors may ask for. Bound from <c>LatencyLab:Load</c>; validated at start. The command line has no such limits.</summary>
public sealed class LoadLimits
{
    /// <summary>Name of the section.</summary>
    public const string Section = "LatencyLab:Load";

    /// <summary>Longest run: warm-up and measurement together, since other measurements wait meanwhile.</summary>
    /// <value>Seconds. The default value is 300.</value>
    [Range(1, 86_400)]
    public int MaxSeconds { get; init; } = 300;

    /// <summary>Highest rate of an open loop.</summary>
    /// <value>Requests a second. The default value is 10,000.</value>
    [Range(1, 1_000_000)]
    public int MaxRatePerSecond { get; init; } = 10_000;

    /// <summary>Most clients of a closed loop, and callers of an open one.</summary>
    /// <value>The default value is 256.</value>
    [Range(1, LoadOptions.MaxCallers)]
    public int MaxClients { get; init; } = 256;
}
