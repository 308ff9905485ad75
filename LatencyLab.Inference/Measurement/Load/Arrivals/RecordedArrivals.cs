using System.Globalization;

namespace LatencyLab.Inference.Measurement.Load.Arrivals;

/// <summary>Arrivals as they were recorded elsewhere, for instance in a server's log.</summary>
public sealed class RecordedArrivals : IArrivalSchedule
{
    private readonly TimeSpan[] _arrivals;

    /// <summary>A recorded schedule.</summary>
    /// <param name="arrivals">Times since the start of the recording, ascending, at least two at different times.</param>
    /// <exception cref="ArgumentException">There are too few, or they do not ascend.</exception>
    public RecordedArrivals(IEnumerable<TimeSpan> arrivals)
    {
        _arrivals = [.. arrivals];
        if (_arrivals.Length < 2 || _arrivals[0] < TimeSpan.Zero || _arrivals[^1] <= _arrivals[0])
        {
            throw new ArgumentException("A recorded schedule needs at least two arrivals at different times, none before 0.", nameof(arrivals));
        }
        for (var i = 1; i < _arrivals.Length; i++)
        {
            if (_arrivals[i] < _arrivals[i - 1])
            {
                throw new ArgumentException($"Arrival {i + 1} of the recorded schedule lies before the one before it.", nameof(arrivals));
            }
        }
    }

    /// <inheritdoc/>
    public string Kind => "recorded";

    /// <inheritdoc/>
    public double RatePerSecond => (_arrivals.Length - 1) / (_arrivals[^1] - _arrivals[0]).TotalSeconds;

    /// <summary>When the last one arrives.</summary>
    public TimeSpan Duration => _arrivals[^1];

    /// <summary>Reads a file with one arrival a line, in seconds since the start; empty lines and lines that begin with # are skipped.</summary>
    /// <exception cref="IOException">The file cannot be read, or a line is no number; the message names it.</exception>
    public static RecordedArrivals Read(string path)
    {
        var arrivals = new List<TimeSpan>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }
            if (!double.TryParse(line, CultureInfo.InvariantCulture, out var seconds) || !(seconds is >= 0 and < 1e9))
            {
                throw new IOException($"{path}, line {number}: `{line}` is no time in seconds. Write one arrival a line, for instance 0.25.");
            }
            arrivals.Add(TimeSpan.FromSeconds(seconds));
        }
        try
        {
            return new RecordedArrivals(arrivals);
        }
        catch (ArgumentException error)
        {
            throw new IOException($"{path}: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<TimeSpan> Arrivals() => _arrivals;

    /// <inheritdoc/>
    public IEnumerable<TimeSpan> WarmupArrivals() => new ConstantArrivals(RatePerSecond).Arrivals();
}
