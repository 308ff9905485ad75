namespace LatencyLab.Inference.Measurement.Hardware;

/// <summary>A count that only grows, turned into a rate between samples.</summary>
internal struct Counter
{
    private double _last;
    private bool _known;

    /// <summary>Takes the count as it is now.</summary>
    /// <returns>How much it grew since the last time; NaN the first time, and where the count began anew.</returns>
    public double Growth(double now)
    {
        var growth = _known && now >= _last ? now - _last : double.NaN;
        (_last, _known) = (now, !double.IsNaN(now));
        return growth;
    }

    /// <summary>The same growth for each second.</summary>
    public double Rate(double now, double elapsedSeconds)
    {
        var growth = Growth(now);
        return elapsedSeconds > 0 ? growth / elapsedSeconds : double.NaN;
    }
}
