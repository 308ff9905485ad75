namespace LatencyLab.Inference.Measurement.Load;

/// <summary>Learns what became of a caller's requests; called from any thread.</summary>
internal interface ICallRecorder
{
    /// <summary>A request that ended.</summary>
    /// <param name="intended">When it was meant to start, in the run's nanoseconds.</param>
    /// <param name="sent">When it did.</param>
    /// <param name="ended">When its answer came.</param>
    /// <param name="request">The stages of the answer.</param>
    /// <param name="failure">The kind of failure; null for an answer.</param>
    void Record(long intended, long sent, long ended, LoadRequest request, string? failure);
}
