using LatencyLab.Inference.Measurement.Load;

namespace LatencyLab.Benchmarks;

/// <summary>A target that stalls once.</summary>
internal sealed class StallingTarget(ILoadTarget inner, TimeSpan stall, int after) : ILoadTarget
{
    private int _sent;

    public LoadTargetFacts Facts => inner.Facts;

    public int Parallelism => inner.Parallelism;

    public ValueTask CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    public async ValueTask<string?> SendAsync(LoadRequest request, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _sent) == after)
        {
            await Task.Delay(stall, cancellationToken);
        }
        return await inner.SendAsync(request, cancellationToken);
    }
}
