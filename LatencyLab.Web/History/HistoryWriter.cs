using System.Data.Common;
using System.Threading.Channels;
using LatencyLab.Web.History.Storage;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.History;

/// <summary>
/// Changes the history in the background, one transaction after another. What waits is committed together, so that many small runs cost
/// one wait for the disk. The queue is bounded: a database that does not keep up loses runs, loudly, rather than slowing what is measured.
/// </summary>
internal sealed class HistoryWriter
{
    private const int BatchSize = 64;
    private const int Attempts = 3;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    private readonly IHistoryDatabase _database;
    private readonly ILogger<HistoryWriter> _logger;
    private readonly TimeProvider _time;
    private readonly Channel<Change> _queue;
    private Task _working = Task.CompletedTask;

    public HistoryWriter(IHistoryDatabase database, IOptions<HistoryOptions> options, TimeProvider time, ILogger<HistoryWriter> logger)
    {
        (_database, _time, _logger) = (database, time, logger);
        _queue = Channel.CreateBounded<Change>(new BoundedChannelOptions(options.Value.QueueLength) { SingleReader = true });
    }

    /// <summary>Changes that wait.</summary>
    public int Waiting => _queue.Reader.Count;

    /// <summary>Puts a change into the queue; it may be tried more than once.</summary>
    /// <returns>Completes once the change is on disk; fails with <see cref="HistoryException"/> when it is not.</returns>
    public Task WriteAsync(Func<DbTransaction, Task> work)
    {
        var change = new Change(work);
        if (!_queue.Writer.TryWrite(change))
        {
            Fail(change, new HistoryException("The history does not keep up, or is closed; this run was not saved."));
        }
        return change.Done.Task;
    }

    /// <summary>Begins to write.</summary>
    public void Start() => _working = Task.Run(WorkAsync);

    /// <summary>Writes what waits, then ends; later changes fail.</summary>
    public Task StopAsync()
    {
        _queue.Writer.TryComplete();
        return _working;
    }

    private async Task WorkAsync()
    {
        var batch = new List<Change>(BatchSize);
        while (await _queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < BatchSize && _queue.Reader.TryRead(out var change))
            {
                batch.Add(change);
            }
            if (await TryCommitAsync(batch) is null)
            {
                continue;
            }
            // One bad change must not take the others with it.
            foreach (var change in batch)
            {
                await CommitAloneAsync(change);
            }
        }
    }

    private async Task CommitAloneAsync(Change change)
    {
        for (var attempt = 1; await TryCommitAsync([change]) is { } error; attempt++)
        {
            if (attempt == Attempts || error is not DbException { IsTransient: true })
            {
                Fail(change, new HistoryException($"The history in {_database.Location} could not be written: {error.Message}", error));
                return;
            }
            await Task.Delay(RetryDelay * attempt, _time);
        }
    }

    private async Task<Exception?> TryCommitAsync(List<Change> changes)
    {
        try
        {
            await using var connection = await _database.OpenAsync(CancellationToken.None);
            await using var transaction = await connection.BeginTransactionAsync();
            foreach (var change in changes)
            {
                await change.Work(transaction);
            }
            await transaction.CommitAsync();
        }
        catch (Exception error)
        {
            return error;
        }
        foreach (var change in changes)
        {
            change.Done.TrySetResult();
        }
        return null;
    }

    private void Fail(Change change, HistoryException error)
    {
        _logger.LogError(error, "A run was not saved");
        change.Done.TrySetException(error);
        // Whoever does not wait for it has the log.
        _ = change.Done.Task.Exception;
    }

    private sealed record Change(Func<DbTransaction, Task> Work)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
