using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using LatencyLab.Web.History.Kinds;
using LatencyLab.Web.History.Pictures;
using LatencyLab.Web.History.Storage;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.History;

/// <summary>The history over its database: reads go there directly, changes through the writer's queue.</summary>
internal sealed class RunHistory(
    IHistoryDatabase database, HistoryWriter writer, HistoryOwner owner, RunKinds kinds, IOptions<HistoryOptions> options, TimeProvider time,
    ILogger<RunHistory> logger) : IRunHistory
{
    private readonly RunQueries _queries = new(database);
    private readonly PictureQueries _pictures = new(database);

    public Task SaveAsync<T>(string id, DateTimeOffset createdAt, T result, KeptPicture? picture = null)
        where T : class
    {
        var finishedAt = time.GetUtcNow();
        var kept = options.Value.KeepPictures ? picture : null;
        return writer.WriteAsync(async transaction =>
        {
            // Described and serialized here, on the writer's thread: the caller goes on with what it measures.
            await transaction.PutAsync(RunRow.Of(Record(id, createdAt, result) with { FinishedAt = finishedAt }, owner: null));
            if (kept is not null)
            {
                await transaction.PutPictureAsync(id, kept, finishedAt);
            }
        });
    }

    public Task<RecordedRun<T>> RecordAsync<T>(
        RunDescription beginning, Func<CancellationToken, Task<T>> measure, CancellationToken cancellationToken)
        where T : class =>
        RecordAsync(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), time.GetUtcNow(), beginning, measure, cancellationToken);

    public async Task<RecordedRun<T>> RecordAsync<T>(
        string id, DateTimeOffset createdAt, RunDescription beginning, Func<CancellationToken, Task<T>> measure, CancellationToken cancellationToken)
        where T : class
    {
        var run = RunOf(id, kinds.Of<T>().Id, createdAt, beginning);
        var begun = await TryPutAsync(run, owner.Name);
        try
        {
            var result = await measure(cancellationToken);
            var saved = await TryPutAsync(Record(run.Id, run.CreatedAt, result) with { FinishedAt = time.GetUtcNow() }, owner: null);
            return new RecordedRun<T>(result, saved ? run.Id : null);
        }
        catch (Exception error) when (begun)
        {
            var stopped = error is OperationCanceledException;
            await TryPutAsync(
                run with
                {
                    Status = stopped ? RunStatus.Interrupted : RunStatus.Failed,
                    Message = stopped ? "It was stopped before its end." : error.Message,
                    FinishedAt = time.GetUtcNow(),
                },
                owner: null);
            throw;
        }
    }

    public Task<RunList> ListAsync(RunFilter filter, CancellationToken cancellationToken) =>
        ReadAsync(() => _queries.ListAsync(filter, cancellationToken));

    public Task<RunFacets> FacetsAsync(CancellationToken cancellationToken) => ReadAsync(() => _queries.FacetsAsync(cancellationToken));

    public Task<RunRecord?> FindAsync(string id, CancellationToken cancellationToken) => ReadAsync(() => _queries.FindAsync(id, cancellationToken));

    public Task<KeptPicture?> FindPictureAsync(string id, CancellationToken cancellationToken) =>
        ReadAsync(() => _pictures.FindAsync(id, cancellationToken));

    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var deleted = false;
        await writer.WriteAsync(async transaction => deleted = await transaction.DeleteAsync(id)).WaitAsync(cancellationToken);
        return deleted;
    }

    public async Task<bool> AddAsync(RunRecord run, CancellationToken cancellationToken)
    {
        var added = false;
        await writer.WriteAsync(async transaction => added = await transaction.AddAsync(RunRow.Of(run, owner: null))).WaitAsync(cancellationToken);
        return added;
    }

    private async Task<bool> TryPutAsync(RunRecord run, string? owner)
    {
        try
        {
            await writer.WriteAsync(transaction => transaction.PutAsync(RunRow.Of(run, owner)));
            return true;
        }
        catch (HistoryException)
        {
            // The writer has logged it; what was measured is worth more than its record.
            return false;
        }
    }

    private RunRecord Record<T>(string id, DateTimeOffset createdAt, T result)
        where T : class
    {
        var kind = kinds.Of<T>();
        return RunOf(id, kind.Id, createdAt, kind.Describe(result)) with
        {
            Status = RunStatus.Completed,
            Payload = JsonSerializer.SerializeToElement(result, HistoryJson.Options),
        };
    }

    private static RunRecord RunOf(string id, string kind, DateTimeOffset createdAt, RunDescription description) => new()
    {
        Id = id,
        Kind = kind,
        Title = description.Title,
        CreatedAt = createdAt,
        Status = RunStatus.Running,
        Machine = RunMachine.Of(description.Environment),
        ModelIds = description.ModelIds,
        VariantIds = description.VariantIds,
        Headline = description.Headline,
    };

    private async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (DbException error)
        {
            logger.LogError(error, "The history in {Location} does not answer", database.Location);
            throw new HistoryException("The history's database does not answer. Look whether it runs and can be reached, then try again.", error);
        }
    }
}
