using System.Numerics.Tensors;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LatencyLab.Inference.Measurement.Histograms;

/// <summary>
/// Durations counted in log-linear buckets of three significant digits, after G. Tene's HDR histogram. All that it tells is read from
/// the counts, so that merged, saved and live histograms tell the same; every figure is within 0.05 % of the exact one. Recording takes
/// constant time, allocates nothing and needs no lock; figures of a histogram that is being recorded into are read from a snapshot.
/// </summary>
[JsonConverter(typeof(LatencyHistogramConverter))]
public sealed class LatencyHistogram
{
    private const double MsPerNs = 1e-6;

    private readonly long[] _counts = new long[LogLinearBuckets.Count];

    /// <summary>Number of durations.</summary>
    public long Count => TensorPrimitives.Sum<long>(_counts);

    /// <summary>Shortest duration in milliseconds; null without any.</summary>
    public double? MinMs => Array.FindIndex(_counts, count => count > 0) is >= 0 and var index ? Ms(index) : null;

    /// <summary>Longest duration in milliseconds; null without any.</summary>
    public double? MaxMs => Array.FindLastIndex(_counts, count => count > 0) is >= 0 and var index ? Ms(index) : null;

    /// <summary>Mean duration in milliseconds; null without any.</summary>
    public double? MeanMs
    {
        get
        {
            double sum = 0;
            long count = 0;
            for (var index = 0; index < _counts.Length; index++)
            {
                if (_counts[index] > 0)
                {
                    sum += _counts[index] * Ms(index);
                    count += _counts[index];
                }
            }
            return count > 0 ? sum / count : null;
        }
    }

    internal Span<long> Counts => _counts;

    /// <summary>Counts a duration; from any thread.</summary>
    /// <param name="ns">In nanoseconds; below 0 counts as 0, above 73 minutes as 73 minutes.</param>
    public void RecordNs(long ns) => Interlocked.Increment(ref _counts[LogLinearBuckets.IndexOf(ns)]);

    /// <summary>Counts a duration; from any thread.</summary>
    /// <param name="duration">Below 0 counts as 0, above 73 minutes as 73 minutes.</param>
    public void Record(TimeSpan duration) => RecordNs(duration.Ticks * TimeSpan.NanosecondsPerTick);

    /// <summary>Adds what another histogram counted.</summary>
    public void Add(LatencyHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        TensorPrimitives.Add(_counts, other._counts, _counts);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_counts);

    /// <summary>A copy that no longer changes.</summary>
    public LatencyHistogram Snapshot()
    {
        var copy = new LatencyHistogram();
        _counts.CopyTo(copy._counts, 0);
        return copy;
    }

    /// <summary>The percentile as <see cref="Percentile.Of"/> gives it, in milliseconds; null without any duration.</summary>
    /// <param name="p">The percentile, 0 to 1.</param>
    public double? PercentileMs(double p)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(p);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(p, 1);
        var count = Count;
        if (count == 0)
        {
            return null;
        }
        var position = p * (count - 1);
        var below = (long)position;
        var low = Ms(BucketOf(below));
        var high = Ms(BucketOf(Math.Min(below + 1, count - 1)));
        return low + ((position - below) * (high - low));
    }

    /// <summary>The percentile in milliseconds, or null below its minimum sample count (<see cref="Percentile.MinimumSamples"/>).</summary>
    /// <param name="p">The percentile, above 0 and below 1.</param>
    public double? PercentileOfEnoughMs(double p) => Count >= Percentile.MinimumSamples(p) ? PercentileMs(p) : null;

    /// <summary>
    /// Order-statistic interval of a percentile in milliseconds, lower and upper end; null without any duration. The ends are the outer
    /// edges of their buckets, so that counting in buckets never narrows it.
    /// </summary>
    /// <param name="p">The percentile, above 0 and below 1.</param>
    /// <param name="confidence">0 to 1; 0.95 by default.</param>
    public double[]? IntervalMs(double p, double confidence = 0.95)
    {
        var count = Count;
        if (count == 0)
        {
            return null;
        }
        var (low, high) = Percentile.IntervalRanks(count, p, confidence);
        return [LogLinearBuckets.LowNs(BucketOf(low)) * MsPerNs, LogLinearBuckets.HighNs(BucketOf(high)) * MsPerNs];
    }

    /// <summary>How many durations lie above a bound, to the precision of a bucket.</summary>
    public long CountAbove(TimeSpan bound) =>
        TensorPrimitives.Sum<long>(_counts.AsSpan(LogLinearBuckets.IndexOf(bound.Ticks * TimeSpan.NanosecondsPerTick) + 1));

    /// <summary>The compact form in which histograms are kept: JSON with a version.</summary>
    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">The text is no histogram, or one of another version; the message says which.</exception>
    public static LatencyHistogram FromJson(string json) =>
        JsonSerializer.Deserialize<LatencyHistogram>(json) ?? throw new JsonException("The text is no latency histogram but null.");

    /// <summary>Takes away what was added before.</summary>
    internal void Subtract(LatencyHistogram added) => TensorPrimitives.Subtract(_counts, added._counts, _counts);

    /// <summary>Becomes what <paramref name="live"/> counted since <paramref name="seen"/>, and brings that up to date.</summary>
    internal void TakeSince(LatencyHistogram live, LatencyHistogram seen)
    {
        for (var index = 0; index < _counts.Length; index++)
        {
            var now = Volatile.Read(ref live._counts[index]);
            _counts[index] = now - seen._counts[index];
            seen._counts[index] = now;
        }
    }

    private static double Ms(int bucket) => LogLinearBuckets.MiddleNs(bucket) * MsPerNs;

    /// <summary>The bucket that holds the duration of a rank, 0 for the shortest.</summary>
    private int BucketOf(long rank)
    {
        var passed = 0L;
        for (var index = 0; index < _counts.Length; index++)
        {
            passed += _counts[index];
            if (passed > rank)
            {
                return index;
            }
        }
        return _counts.Length - 1;
    }
}
