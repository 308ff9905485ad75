using LatencyLab.Inference.Jobs;

namespace LatencyLab.Web.Components.Jobs;

/// <summary>Tells a page when a job has moved on; jobs belong to the application, so they go on when the page is left.</summary>
/// <param name="read">The jobs as they are, the newest first.</param>
/// <param name="time">The clock.</param>
/// <param name="changed">Called on a thread of the pool.</param>
public sealed class JobWatch(Func<IReadOnlyList<JobStatus>> read, TimeProvider time, Func<Task> changed) : IAsyncDisposable
{
    // As fast as words about a step can be read.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);

    private readonly ComponentLife _life = new();
    private IReadOnlyList<JobStatus> _jobs = read();
    private Task _watching = Task.CompletedTask;

    /// <summary>The jobs as they were last seen, the newest first.</summary>
    public IReadOnlyList<JobStatus> Jobs => _jobs;

    /// <summary>The job of a kind that waits or runs, if any.</summary>
    public JobStatus? Active(string kind) => _jobs.LastOrDefault(job => job.Kind == kind && job.IsActive);

    /// <summary>Begins to watch.</summary>
    public void Start() => _watching = _life.EveryAsync(Interval, time, LookAsync);

    /// <summary>Looks at once, after the page itself has started or cancelled something.</summary>
    public void Refresh() => _jobs = read();

    private async Task LookAsync()
    {
        var jobs = read();
        if (!jobs.SequenceEqual(_jobs))
        {
            _jobs = jobs;
            await changed();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _life.Dispose();
        await _watching;
    }
}
