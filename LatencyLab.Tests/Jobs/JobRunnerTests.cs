using LatencyLab.Inference.Jobs;
using Microsoft.Extensions.Logging.Abstractions;

namespace LatencyLab.Tests.Jobs;

public sealed class JobRunnerTests : IAsyncDisposable
{
    private readonly JobRunner _queue = new(TimeProvider.System, NullLogger<JobRunner>.Instance);

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    [Fact]
    public async Task AJob_ThatEnds_HasItsResultAndItsTimes()
    {
        var started = _queue.Start("quantize", "A title", "a_model", (_, _) => Task.FromResult<object?>("the result"));

        var ended = await _queue.WaitAsync(started.Id, CancellationToken.None);

        Assert.Equal(JobState.Done, ended.State);
        Assert.Equal(("quantize", "A title", "a_model"), (ended.Kind, ended.Title, ended.ModelId));
        Assert.Equal("the result", ended.Result);
        Assert.True(ended.CreatedAt <= ended.StartedAt && ended.StartedAt <= ended.FinishedAt);
        Assert.Equal(ended, Assert.Single(_queue.All));
    }

    [Fact]
    public async Task TwoJobs_NeverRunAtTheSameTimeAndKeepTheirOrder()
    {
        var (first, second) = (new Gate(), new Gate());
        var one = _queue.Start("a", "one", null, first.RunAsync);
        var two = _queue.Start("a", "two", null, second.RunAsync);

        await first.Begun.Task;
        Assert.Equal(JobState.Queued, _queue.Find(two.Id)!.State);
        Assert.False(second.Begun.Task.IsCompleted);
        first.Open.SetResult();
        await _queue.WaitAsync(one.Id, CancellationToken.None);
        await second.Begun.Task;
        second.Open.SetResult();

        Assert.Equal(JobState.Done, (await _queue.WaitAsync(two.Id, CancellationToken.None)).State);
        Assert.Equal(["two", "one"], _queue.All.Select(job => job.Title));
    }

    [Fact]
    public async Task AJob_ThatFails_SaysWhyAndTheNextOneRuns()
    {
        var failing = _queue.Start("a", "failing", null, (_, _) => throw new InvalidOperationException("The picture x.jpg is damaged."));
        var next = _queue.Start("a", "next", null, (_, _) => Task.FromResult<object?>(null));

        var failed = await _queue.WaitAsync(failing.Id, CancellationToken.None);

        Assert.Equal((JobState.Failed, "The picture x.jpg is damaged."), (failed.State, failed.Message));
        Assert.Equal(JobState.Done, (await _queue.WaitAsync(next.Id, CancellationToken.None)).State);
    }

    [Fact]
    public async Task ARunningJob_Cancelled_EndsWithoutAResult()
    {
        var gate = new Gate();
        var job = _queue.Start("a", "one", null, gate.RunAsync);
        await gate.Begun.Task;

        Assert.True(_queue.Cancel(job.Id));

        var ended = await _queue.WaitAsync(job.Id, CancellationToken.None);
        Assert.Equal(JobState.Cancelled, ended.State);
        Assert.Null(ended.Result);
        Assert.False(_queue.Cancel(job.Id));
    }

    [Fact]
    public async Task AWaitingJob_Cancelled_EndsAtOnceAndNeverRuns()
    {
        var (first, second) = (new Gate(), new Gate());
        var one = _queue.Start("a", "one", null, first.RunAsync);
        var two = _queue.Start("a", "two", null, second.RunAsync);
        await first.Begun.Task;

        _queue.Cancel(two.Id);

        Assert.Equal(JobState.Cancelled, _queue.Find(two.Id)!.State);
        first.Open.SetResult();
        await _queue.WaitAsync(one.Id, CancellationToken.None);
        var last = _queue.Start("a", "three", null, (_, _) => Task.FromResult<object?>(null));
        await _queue.WaitAsync(last.Id, CancellationToken.None);
        Assert.False(second.Begun.Task.IsCompleted);
    }

    [Fact]
    public async Task WhatAJobHolds_IsLetGoHoweverTheJobEnds()
    {
        var held = Enumerable.Range(0, 4).Select(_ => new Held()).ToArray();
        var gate = new Gate();
        var running = _queue.Start("a", "running", null, gate.RunAsync, held[0]);
        var waiting = _queue.Start("a", "waiting", null, gate.RunAsync, held[1]);
        var failing = _queue.Start("a", "failing", null, (_, _) => throw new InvalidOperationException("It fails."), held[2]);
        var done = _queue.Start("a", "done", null, (_, _) => Task.FromResult<object?>(null), held[3]);
        await gate.Begun.Task;

        _queue.Cancel(waiting.Id);
        Assert.Equal([0, 1, 0, 0], held.Select(one => one.Disposals));
        _queue.Cancel(running.Id);
        foreach (var job in new[] { running, failing, done })
        {
            await _queue.WaitAsync(job.Id, CancellationToken.None);
        }

        Assert.Equal([1, 1, 1, 1], held.Select(one => one.Disposals));
    }

    [Fact]
    public async Task Progress_Reported_ShowsStepShareAndTheTimeLeft()
    {
        var reported = new TaskCompletionSource();
        var gate = new Gate();
        var job = _queue.Start("a", "one", null, async (progress, cancellationToken) =>
        {
            await Task.Delay(20, cancellationToken);
            progress.Report(new JobProgress("calibrating", 0.5));
            reported.SetResult();
            return await gate.RunAsync(progress, cancellationToken);
        });

        await reported.Task;

        var status = _queue.Find(job.Id)!;
        Assert.Equal(("calibrating", 0.5), (status.Step, status.Progress));
        Assert.True(status.RemainingMs > 0, $"half done, so something is left: {status.RemainingMs}");
        gate.Open.SetResult();
        var ended = await _queue.WaitAsync(job.Id, CancellationToken.None);
        Assert.Equal((null, 1, null), (ended.Step, ended.Progress, ended.RemainingMs));
    }

    [Fact]
    public async Task TooManyWaiting_AreRefused()
    {
        var gate = new Gate();
        _queue.Start("a", "running", null, gate.RunAsync);
        await gate.Begun.Task;
        for (var i = 0; i < JobRunner.MaxWaiting; i++)
        {
            _queue.Start("a", "waiting", null, gate.RunAsync);
        }

        var refused = Assert.Throws<JobQueueFullException>(() => _queue.Start("a", "one more", null, gate.RunAsync));

        Assert.Contains("8 jobs wait", refused.Message, StringComparison.Ordinal);
        gate.Open.SetResult();
    }

    [Fact]
    public async Task EndedJobs_BeyondTheLimit_AreForgottenOldestFirst()
    {
        var ids = new List<string>();
        for (var i = 0; i < JobRunner.MaxEnded + 3; i++)
        {
            ids.Add(_queue.Start("a", $"{i}", null, (_, _) => Task.FromResult<object?>(null)).Id);
            await _queue.WaitAsync(ids[^1], CancellationToken.None);
        }

        Assert.Null(_queue.Find(ids[0]));
        Assert.NotNull(_queue.Find(ids[^1]));
        Assert.InRange(_queue.All.Count, JobRunner.MaxEnded, JobRunner.MaxEnded + 1);
    }

    [Fact]
    public async Task Disposed_ARunningJobIsCancelled()
    {
        var gate = new Gate();
        var job = _queue.Start("a", "one", null, gate.RunAsync);
        await gate.Begun.Task;

        await _queue.DisposeAsync();

        Assert.Equal(JobState.Cancelled, _queue.Find(job.Id)!.State);
    }

    private sealed class Gate
    {
        public TaskCompletionSource Begun { get; } = new();

        public TaskCompletionSource Open { get; } = new();

        public async Task<object?> RunAsync(IProgress<JobProgress> progress, CancellationToken cancellationToken)
        {
            Begun.TrySetResult();
            await Open.Task.WaitAsync(cancellationToken);
            return null;
        }
    }

    private sealed class Held : IDisposable
    {
        public int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }
}
