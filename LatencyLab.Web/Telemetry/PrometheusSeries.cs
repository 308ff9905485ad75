namespace LatencyLab.Web.Telemetry;

/// <summary>One series of an instrument: its labels and what was recorded under them.</summary>
/// <param name="tags">The labels.</param>
/// <param name="bounds">Upper ends of the histogram's buckets; empty for other instruments.</param>
internal sealed class PrometheusSeries(KeyValuePair<string, object?>[] tags, double[] bounds)
{
    private readonly Lock _lock = new();
    private readonly long[] _buckets = new long[bounds.Length + 1];
    private double _sum;

    public IReadOnlyList<KeyValuePair<string, object?>> Tags => tags;

    /// <summary>Whether it is the series of these labels.</summary>
    public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> others)
    {
        if (others.Length != tags.Length)
        {
            return false;
        }
        for (var index = 0; index < tags.Length; index++)
        {
            if (!string.Equals(tags[index].Key, others[index].Key, StringComparison.Ordinal) || !Equals(tags[index].Value, others[index].Value))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Records a value in its bucket.</summary>
    public void Observe(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket])
        {
            bucket++;
        }
        lock (_lock)
        {
            _buckets[bucket]++;
            _sum += value;
        }
    }

    /// <summary>Adds to a counter's sum.</summary>
    public void Add(double value)
    {
        lock (_lock)
        {
            _sum += value;
        }
    }

    /// <summary>Replaces the value: an observable instrument states its present one.</summary>
    public void Set(double value)
    {
        lock (_lock)
        {
            _sum = value;
        }
    }

    /// <summary>Sum and buckets of one moment.</summary>
    public (double Sum, long[] Buckets) Read()
    {
        lock (_lock)
        {
            return (_sum, [.. _buckets]);
        }
    }
}
