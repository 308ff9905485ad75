using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace LatencyLab.Inference.Jobs;

/// <summary>
/// Long work in the background, one at a time, first come first served: jobs take all that a machine has, and would spoil each other's
/// measurements. The latest ended ones are kept.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="logger">Gets what went wrong.</param>
public sealed class JobRunner(TimeProvider time, ILogger<JobRunner> logger) : IAsyncDisposable
{
    /// <summary>Jobs that may wait, besides the one that runs.</summary>
    public const int MaxWaiting = 8;

    /// <summary>Ended jobs that are kept; the oldest give way.</summary>
    public const int MaxEnded = 50;

    private readonly Lock _lock = new();
    private readonly List<Job> _jobs = [];
    private readonly Channel<Job> _channel = Channel.CreateUnbounded<Job>(new UnboundedChannelOptions { SingleReader = true });
    private Task? _worker;

    /// <summary>All jobs that are known, the newest first.</summary>
    public IReadOnlyList<JobStatus> All
    {
        get
        {
            lock (_lock)
            {
                return [.. Enumerable.Reverse(_jobs).Select(job => job.Status)];
            }
        }
    }

    /// <summary>Puts work in the queue.</summary>
    /// <param name="kind">Stable name of the kind of work.</param>
    /// <param name="title">What it does, for people.</param>
    /// <param name="modelId">The model that it works on; null where it works on several.</param>
    /// <param name="work">The work; runs on a thread of the pool, reports and heeds cancellation. What it throws becomes the message.</param>
    /// <param name="held">
    /// What the work needs, a file perhaps: disposed once the job has ended, one way or another, even before it began. Stays the caller's where
    /// this throws.
    /// </param>
    /// <exception cref="JobQueueFullException">Too many jobs wait already.</exception>
    /// <exception cref="ObjectDisposedException">The application is stopping.</exception>
    public JobStatus Start(
        string kind, string title, string? modelId, Func<IProgress<JobProgress>, CancellationToken, Task<object?>> work, IDisposable? held = null)
    {
        var job = new Job(
            new JobStatus
            {
                Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
                Kind = kind,
                Title = title,
                ModelId = modelId,
                State = JobState.Queued,
                CreatedAt = time.GetUtcNow(),
            },
            work, time, held);
        lock (_lock)
        {
            var waiting = _jobs.Count(other => other.Status.State == JobState.Queued);
            if (waiting >= MaxWaiting)
            {
                throw new JobQueueFullException(waiting);
            }
            ObjectDisposedException.ThrowIf(!_channel.Writer.TryWrite(job), this);
            _jobs.Add(job);
            ForgetOldest();
            _worker ??= Task.Run(WorkAsync);
        }
        return job.Status;
    }

    /// <summary>The job of an identifier, or null when it is gone.</summary>
    public JobStatus? Find(string id) => FindJob(id)?.Status;

    /// <summary>Stops a job; a running one ends as soon as its work notices.</summary>
    /// <returns>Whether there was such a job that had not ended.</returns>
    public bool Cancel(string id) => FindJob(id)?.Cancel() ?? false;

    /// <summary>Waits until a job has ended.</summary>
    /// <exception cref="KeyNotFoundException">There is no such job.</exception>
    public async Task<JobStatus> WaitAsync(string id, CancellationToken cancellationToken)
    {
        var job = FindJob(id) ?? throw new KeyNotFoundException($"There is no job `{id}`; only the latest are kept.");
        await job.Ended.WaitAsync(cancellationToken);
        return job.Status;
    }

    /// <summary>Forgets the ended jobs of a model that is gone: another may take its identifier.</summary>
    public void ForgetModel(string modelId)
    {
        lock (_lock)
        {
            Forget([.. _jobs.Where(job => job.Status is { IsActive: false } status && modelId.Equals(status.ModelId, StringComparison.OrdinalIgnoreCase))]);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _channel.Writer.TryComplete();
        Job[] jobs;
        lock (_lock)
        {
            jobs = [.. _jobs];
        }
        foreach (var job in jobs)
        {
            job.Cancel();
        }
        await (_worker ?? Task.CompletedTask);
        foreach (var job in jobs)
        {
            job.Dispose();
        }
    }

    private async Task WorkAsync()
    {
        await foreach (var job in _channel.Reader.ReadAllAsync())
        {
            if (await job.RunAsync() is { } error)
            {
                logger.LogWarning(error, "Job {Kind} `{Title}` failed", job.Status.Kind, job.Status.Title);
            }
        }
    }

    private void ForgetOldest()
    {
        var ended = _jobs.Where(job => !job.Status.IsActive).ToArray();
        Forget(ended.Take(Math.Max(0, ended.Length - MaxEnded)));
    }

    private void Forget(IEnumerable<Job> ended)
    {
        foreach (var job in ended)
        {
            _jobs.Remove(job);
            job.Dispose();
        }
    }

    private Job? FindJob(string id)
    {
        lock (_lock)
        {
            return _jobs.Find(job => job.Status.Id == id);
        }
    }
}
