using System.Globalization;

namespace LatencyLab.Inference.Measurement.Load.Arrivals;

/// <summary>Arrivals as they were recorded elsewhere, for instance in a server's log.</summary>
public sealed class RecordedArrivals : IArrivalSchedule
{
    /// <summary>Times of a file that begin here or later, as Unix times do, count from the first: nobody waits a day for it.</summary>
    private const double ClockTimeSeconds = 86_400;

    /// <summary>Beyond are Unix times in milliseconds.</summary>
    private const double HighestSeconds = 1e11;

    private static readonly TimeSpan LongestTail = TimeSpan.FromSeconds(1);

    private readonly TimeSpan[] _arrivals;

    /// <summary>A recorded schedule.</summary>
    /// <param name="arrivals">Times since the start of the recording, ascending, at least two at different times.</param>
    /// <exception cref="ArgumentException">There are too few, or they do not ascend.</exception>
    public RecordedArrivals(IEnumerable<TimeSpan> arrivals)
    {
        _arrivals = [.. arrivals];
        if (Problem(_arrivals) is { } problem)
        {
            throw new ArgumentException(problem, nameof(arrivals));
        }
    }

    /// <inheritdoc/>
    public string Kind => "recorded";

    /// <inheritdoc/>
    public double RatePerSecond => (_arrivals.Length - 1) / (_arrivals[^1] - _arrivals[0]).TotalSeconds;

    /// <summary>How many there are.</summary>
    public int Count => _arrivals.Length;

    /// <summary>
    /// How long to measure so that none is left out: until the last, and on for a mean gap, a second at most, so that its answer counts
    /// for the throughput as well.
    /// </summary>
    public TimeSpan Duration
    {
        get
        {
            var gap = TimeSpan.FromSeconds(1 / RatePerSecond);
            return _arrivals[^1] + (gap < LongestTail ? gap : LongestTail);
        }
    }

    /// <summary>
    /// Reads a file with one arrival a line, in seconds since the start of the recording, or, where the first lies a day or more from 0,
    /// since any other moment, such as 1970; then they count from the first. Empty lines and lines that begin with # are skipped.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read, or a line is no number; the message names it.</exception>
    public static RecordedArrivals Read(string path)
    {
        var seconds = new List<double>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }
            if (!double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out var time) || !(time is >= 0 and < HighestSeconds))
            {
                throw new IOException(
                    $"{path}, line {number}: `{line}` is no time in seconds. Write one arrival a line, in seconds since the start (0.25) or since 1970 (1763712000.25).");
            }
            seconds.Add(time);
        }
        var origin = seconds.Count > 0 && seconds[0] >= ClockTimeSeconds ? seconds[0] : 0;
        TimeSpan[] arrivals = [.. seconds.Select(time => TimeSpan.FromSeconds(time - origin))];
        return Problem(arrivals) is { } problem ? throw new IOException($"{path}: {problem}") : new RecordedArrivals(arrivals);
    }

    /// <inheritdoc/>
    public IEnumerable<TimeSpan> Arrivals() => _arrivals;

    /// <inheritdoc/>
    public IEnumerable<TimeSpan> WarmupArrivals() => new ConstantArrivals(RatePerSecond).Arrivals();

    /// <summary>What is wrong with the times, with the fix; null where nothing is.</summary>
    private static string? Problem(TimeSpan[] arrivals)
    {
        for (var i = 1; i < arrivals.Length; i++)
        {
            if (arrivals[i] < arrivals[i - 1])
            {
                return $"Arrival {i + 1} of the recorded schedule lies before the one before it. Sort them.";
            }
        }
        return arrivals.Length < 2 || arrivals[0] < TimeSpan.Zero || arrivals[^1] <= arrivals[0]
            ? "A recorded schedule needs at least two arrivals at different times, none before 0."
            : null;
    }
}
