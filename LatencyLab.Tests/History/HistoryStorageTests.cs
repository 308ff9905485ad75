using System.Data.Common;
using Dapper;
using LatencyLab.Tests.Components;
using LatencyLab.Tests.Requirements;
using LatencyLab.Web.History;
using LatencyLab.Web.History.Storage;

namespace LatencyLab.Tests.History;

/// <summary>Schema, queue and their failures, on both databases.</summary>
public class HistoryStorageTests(HistoryPlaces places) : IClassFixture<HistoryPlaces>
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Migrations_OfServersThatStartAtOnce_AreAppliedOnce(string database)
    {
        var place = await places.CreateAsync(database);
        var starts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var server = place.Open();
            return await MigrationRunner.RunAsync(server, DateTimeOffset.UtcNow, default);
        })));

        Assert.Equal([1, 2], starts.SelectMany(applied => applied).Select(migration => migration.Version).Order());
        await using var opened = place.Open();
        await using var connection = await opened.OpenAsync(default);
        Assert.Equal(2, await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM history_migration"));
    }

    [Fact]
    public void Migrations_OfBothDialects_HaveTheSameSteps() => Assert.Equal(
        Migration.All("Sqlite").Select(migration => (migration.Version, migration.Name)),
        Migration.All("PostgreSql").Select(migration => (migration.Version, migration.Name)));

    [Theory, OnSqlite, OnPostgres]
    public async Task Start_OnTheHistoryOfANewerVersion_IsRefused(string database)
    {
        var place = await places.CreateAsync(database);
        await (await HistoryHost.StartAsync(place)).DisposeAsync();
        await using (var opened = place.Open())
        await using (var connection = await opened.OpenAsync(default))
        {
            await connection.ExecuteAsync("INSERT INTO history_migration (version, name, applied_at) VALUES (999, 'later', '')");
        }

        var error = await Assert.ThrowsAsync<HistoryException>(() => HistoryHost.StartAsync(place));

        Assert.Contains("newer version", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhereNothingCanBeWritten_NamesTheSettings()
    {
        var file = Path.GetTempFileName();
        try
        {
            var error = await Assert.ThrowsAsync<HistoryException>(() => HistoryHost.StartAsync(new HistoryPlace(file, ConnectionString: null)));

            Assert.Contains("LatencyLab:DataPath", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ABadChange_AmongOthers_FailsAlone(string database)
    {
        var place = await places.CreateAsync(database);
        await using var history = await HistoryHost.StartAsync(place);
        var writer = history.Get<HistoryWriter>();
        var before = history.Runs.SaveAsync("before", DateTimeOffset.UnixEpoch, Example.Result("before"));
        var bad = writer.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("INSERT INTO nowhere VALUES (1)", transaction: transaction));
        var after = history.Runs.SaveAsync("after", DateTimeOffset.UnixEpoch, Example.Result("after"));

        await Assert.ThrowsAsync<HistoryException>(() => bad);
        await before;
        await after;

        Assert.Equal(2, (await history.Runs.ListAsync(new RunFilter(), default)).Total);
    }

    [Fact]
    public async Task Runs_BeyondTheQueue_AreReportedAsNotSaved()
    {
        await using var history = await HistoryHost.StartAsync(await places.CreateAsync(OnSqliteAttribute.Name), time: null, ("QueueLength", "4"));
        TaskCompletionSource started = new(), hold = new();
        var blocking = history.Get<HistoryWriter>().WriteAsync(_ =>
        {
            started.SetResult();
            return hold.Task;
        });
        await started.Task;

        Task[] saves = [.. Enumerable.Range(0, 10).Select(i => history.Runs.SaveAsync($"c{i}", DateTimeOffset.UnixEpoch, Example.Result($"c{i}")))];
        hold.SetResult();
        await blocking;
        await Task.WhenAll(saves).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.IsType<HistoryException>(saves[^1].Exception?.InnerException);
        var saved = (await history.Runs.ListAsync(new RunFilter(), default)).Runs.Select(run => run.Id).Order();
        Assert.Equal(saves.Index().Where(save => save.Item.IsCompletedSuccessfully).Select(save => $"c{save.Index}"), saved);
    }

    [Fact]
    public async Task ASqliteHistory_WaitsForTheDiskAtEachCommit()
    {
        var place = await places.CreateAsync(OnSqliteAttribute.Name);
        await using var database = place.Open();
        await using DbConnection connection = await database.OpenAsync(default);

        Assert.Equal("wal", await connection.ExecuteScalarAsync<string>("PRAGMA journal_mode"));
        Assert.Equal(2, await connection.ExecuteScalarAsync<int>("PRAGMA synchronous"));
    }
}
