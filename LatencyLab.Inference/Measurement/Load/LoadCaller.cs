using System.Threading.Tasks.Sources;

namespace LatencyLab.Inference.Measurement.Load;

/// <summary>
/// One caller: sends a request, waits for the answer, and takes the next. It waits without allocating, and goes on with what it is
/// given on the giver's thread, so that no switch of threads lies between the schedule and the request.
/// </summary>
internal sealed class LoadCaller(ICallSource source, ILoadTarget target, ICallRecorder recorder, ILoadClock clock) : IValueTaskSource<long>
{
    private readonly LoadRequest _request = new();
    private ManualResetValueTaskSourceCore<long> _next;

    /// <summary>Sends until the source ends or the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (long intended; (intended = await source.NextAsync(this)) != ICallSource.Ended;)
        {
            _request.Clear();
            var sent = clock.NowNs;
            string? failure;
            try
            {
                failure = await target.SendAsync(_request, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                failure = LoadFailureKinds.Unanswered;
            }
            catch (Exception)
            {
                // A target that throws must not take the run with it.
                failure = LoadFailureKinds.Unexpected;
            }
            recorder.Record(intended, sent, clock.NowNs, _request, failure);
        }
    }

    /// <summary>For the source: a wait that ends with <see cref="Give"/>.</summary>
    public ValueTask<long> Wait()
    {
        _next.Reset();
        return new ValueTask<long>(this, _next.Version);
    }

    /// <summary>Ends the caller's wait.</summary>
    public void Give(long intended) => _next.SetResult(intended);

    long IValueTaskSource<long>.GetResult(short token) => _next.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<long>.GetStatus(short token) => _next.GetStatus(token);

    void IValueTaskSource<long>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _next.OnCompleted(continuation, state, token, flags);
}
