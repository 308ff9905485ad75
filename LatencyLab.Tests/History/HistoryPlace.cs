using LatencyLab.Tests.Requirements;
using LatencyLab.Web.History.Storage;

namespace LatencyLab.Tests.History;

/// <summary>The databases that a test class writes its histories into; the PostgreSQL server is started with the first that needs it.</summary>
public sealed class HistoryPlaces : IAsyncLifetime
{
    private readonly SemaphoreSlim _starting = new(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-history-").FullName;
    private PostgresServer? _server;
    private int _count;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
        _starting.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A place for one history, empty as yet.</summary>
    internal async Task<HistoryPlace> CreateAsync(string database)
    {
        var name = $"history{Interlocked.Increment(ref _count)}";
        if (database == OnSqliteAttribute.Name)
        {
            return new HistoryPlace(Path.Combine(_folder, name), ConnectionString: null);
        }
        await _starting.WaitAsync();
        try
        {
            _server ??= await PostgresServer.StartAsync();
        }
        finally
        {
            _starting.Release();
        }
        return new HistoryPlace(Path.Combine(_folder, name), await _server.CreateDatabaseAsync(name));
    }
}

/// <summary>Where one history lies.</summary>
/// <param name="DataPath">The data folder, with the file of a SQLite history.</param>
/// <param name="ConnectionString">Of a PostgreSQL history; null for SQLite.</param>
internal sealed record HistoryPlace(string DataPath, string? ConnectionString)
{
    /// <summary>Configuration that leads an application to this place.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["LatencyLab:DataPath"] = DataPath,
        ["ConnectionStrings:History"] = ConnectionString,
    };

    /// <summary>The database without the application around it.</summary>
    public IHistoryDatabase Open() =>
        ConnectionString is null ? new SqliteHistoryDatabase(Path.Combine(DataPath, "history.db")) : new PostgresHistoryDatabase(ConnectionString);
}
