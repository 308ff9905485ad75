using System.Numerics.Tensors;
using LatencyLab.Inference.Measurement.Histograms;

namespace LatencyLab.Inference.Live;

/// <summary>The buckets in which latencies are drawn: equally wide on a logarithmic axis.</summary>
public static class LiveBuckets
{
    /// <summary>Lower edge of the first bucket; what is shorter is in it all the same.</summary>
    public const double LowestMs = 0.1;

    /// <summary>Buckets between a latency and ten times as much.</summary>
    public const int PerDecade = 20;

    /// <summary>Number of buckets, up to 10 s; what is longer is in the last.</summary>
    public const int Count = 5 * PerDecade;

    private static readonly int[] Edges = [.. Enumerable.Range(0, Count).Select(bucket => bucket == 0 ? 0 : LogLinearBuckets.IndexOf((long)(1e6 * LowEdgeMs(bucket))))];

    /// <summary>Lower edge of a bucket in milliseconds.</summary>
    public static double LowEdgeMs(int bucket) => LowestMs * Math.Pow(10, (double)bucket / PerDecade);

    /// <summary>The buckets of a histogram from the first to the last that is not empty.</summary>
    internal static (int First, int[] Counts) Of(LatencyHistogram histogram)
    {
        var counts = new int[Count];
        for (var bucket = 0; bucket < Count; bucket++)
        {
            var end = bucket + 1 < Count ? Edges[bucket + 1] : LogLinearBuckets.Count;
            counts[bucket] = (int)TensorPrimitives.Sum<long>(histogram.Counts[Edges[bucket]..end]);
        }
        var first = Array.FindIndex(counts, count => count > 0);
        return first < 0 ? (0, []) : (first, counts[first..(Array.FindLastIndex(counts, count => count > 0) + 1)]);
    }
}
