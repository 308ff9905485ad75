using LatencyLab.Inference.Sweeps;

namespace LatencyLab.Web.Components.Sweeps;

/// <summary>A figure that every cell of a sweep has.</summary>
/// <param name="Title">For people.</param>
/// <param name="Of">The figure of a cell; null where it has none.</param>
/// <param name="Text">The figure with its unit.</param>
/// <param name="Reading">What a dark cell means.</param>
public sealed record SweepMeasure(string Title, Func<SweepCell, double?> Of, Func<double, string> Text, string Reading)
{
    /// <summary>Median time of a run with the whole batch.</summary>
    public static SweepMeasure Latency { get; } = new("Latency, median", cell => cell.P50Ms, Figures.Ms, "Darker takes longer.");

    /// <summary>Pictures a second.</summary>
    public static SweepMeasure Throughput { get; } = new(
        "Throughput", cell => cell.ThroughputPerSecond, value => $"{Figures.Significant(value)}\u2009/s", "Darker answers more pictures a second.");

    /// <summary>Most that main memory grew by.</summary>
    public static SweepMeasure PeakMemory { get; } = new(
        "Peak memory", cell => cell.PeakMemoryBytes, value => Figures.Bytes((long)value), "Darker takes more main memory.");

    /// <summary>Most of the session's arena that was in use at a time.</summary>
    public static SweepMeasure Arena { get; } = new(
        "Arena, peak in use", cell => cell.ArenaBytes, value => Figures.Bytes((long)value), "Darker needs more of the session's own memory.");

    /// <summary>Those with a heat map of a sweep; the arena only where the runtime tells.</summary>
    public static IReadOnlyList<SweepMeasure> Mapped(IReadOnlyList<SweepCell> cells) =>
        cells.Any(cell => cell.ArenaBytes is not null) ? [Latency, Throughput, PeakMemory, Arena] : [Latency, Throughput, PeakMemory];
}
