using LatencyLab.Web.History;

namespace LatencyLab.Tests.History;

/// <summary>A history that keeps nothing, for tests of what is measured rather than kept.</summary>
internal sealed class NoHistory : IRunHistory
{
    /// <summary>What was to be deleted.</summary>
    public List<string> Deleted { get; } = [];

    public Task SaveAsync<T>(string id, DateTimeOffset createdAt, T result, KeptPicture? picture = null)
        where T : class => Task.CompletedTask;

    public async Task<RecordedRun<T>> RecordAsync<T>(
        RunDescription beginning, Func<CancellationToken, Task<T>> measure, CancellationToken cancellationToken)
        where T : class => new(await measure(cancellationToken), RunId: null);

    public Task<RecordedRun<T>> RecordAsync<T>(
        string id, DateTimeOffset createdAt, RunDescription beginning, Func<CancellationToken, Task<T>> measure, CancellationToken cancellationToken)
        where T : class => RecordAsync(beginning, measure, cancellationToken);

    public Task<RunList> ListAsync(RunFilter filter, CancellationToken cancellationToken) =>
        Task.FromResult(new RunList([], 0, filter.Page, filter.PageSize));

    public Task<RunFacets> FacetsAsync(CancellationToken cancellationToken) => Task.FromResult(new RunFacets([], [], []));

    public Task<RunRecord?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult<RunRecord?>(null);

    public Task<KeptPicture?> FindPictureAsync(string id, CancellationToken cancellationToken) => Task.FromResult<KeptPicture?>(null);

    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        Deleted.Add(id);
        return Task.FromResult(false);
    }

    public Task<bool> AddAsync(RunRecord run, CancellationToken cancellationToken) => Task.FromResult(false);
}
