using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Measurement.Load;

namespace LatencyLab.Tests.Measurement.Load;

/// <summary>A target that answers in virtual time, each request after as long as the test says, however many there are at once.</summary>
internal sealed class VirtualTarget(VirtualTime time, Func<TimeSpan, TimeSpan> service, Func<TimeSpan, string?>? failure = null) : ILoadTarget
{
    /// <summary>When each request was sent.</summary>
    public List<TimeSpan> Sent { get; } = [];

    public LoadTargetFacts Facts { get; } = new() { VariantId = "virtual" };

    public int Parallelism => 1;

    /// <summary>The run does not begin before.</summary>
    public Task Ready { get; init; } = Task.CompletedTask;

    public ValueTask CheckAsync(CancellationToken cancellationToken) => new(Ready);

    public ValueTask<string?> SendAsync(LoadRequest request, CancellationToken cancellationToken)
    {
        var sent = time.Now;
        Sent.Add(sent);
        var answer = new TaskCompletionSource<string?>();
        var duration = service(sent);
        // Half of the time is the model's; what the rest is, the target does not say.
        request.SetStage(Stage.Inference, duration.TotalMilliseconds / 2);
        time.At(sent + duration, () => answer.TrySetResult(failure?.Invoke(sent)));
        cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
        return new(answer.Task);
    }
}
