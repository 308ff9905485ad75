namespace LatencyLab.Inference.Measurement.Hardware;

/// <summary>Something that the hardware monitor reads.</summary>
/// <param name="Name">Stable name: what it is of, a dot, what it says; for instance <c>cpu0.steal</c>.</param>
/// <param name="Unit"><c>%</c>, <c>bytes</c>, <c>bytes/s</c>, <c>1/s</c>, <c>count</c>, <c>MHz</c>, <c>°C</c>, <c>W</c> or <c>0/1</c>.</param>
/// <param name="Description">One sentence for people.</param>
public sealed record HardwareMetric(string Name, string Unit, string Description);

/// <summary>Metrics that this machine does not tell.</summary>
/// <param name="Name">The metrics, by name or by what they are of, for instance <c>gpu</c>.</param>
/// <param name="Reason">Why they are missing.</param>
public sealed record MissingMetric(string Name, string Reason);
