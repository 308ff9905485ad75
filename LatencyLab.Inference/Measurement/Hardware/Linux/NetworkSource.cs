namespace LatencyLab.Inference.Measurement.Hardware.Linux;

/// <summary>What comes and goes by network, from <c>/proc/net/dev</c>; the way to the machine itself is not counted.</summary>
internal sealed class NetworkSource(KernelFile file) : IMetricSource
{
    private Counter _received;
    private Counter _sent;

    /// <inheritdoc/>
    public IReadOnlyList<HardwareMetric> Metrics { get; } =
    [
        new("network.received", "bytes/s", "Received by all network devices, without the loopback."),
        new("network.sent", "bytes/s", "Sent by all network devices, without the loopback."),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<MissingMetric> Missing => [];

    /// <inheritdoc/>
    public void Sample(Span<double> values, double elapsedSeconds)
    {
        var (received, sent) = (0.0, 0.0);
        var lines = new NumberText(file.Read());
        // Two lines of headings.
        lines.Line();
        lines.Line();
        while (!lines.IsEmpty)
        {
            var line = lines.Line();
            if (line.Word().SequenceEqual("lo:"u8))
            {
                continue;
            }
            received += line.Number();
            line.Skip(7);
            sent += line.Number();
        }
        values[0] = _received.Rate(received, elapsedSeconds);
        values[1] = _sent.Rate(sent, elapsedSeconds);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
