using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using LatencyLab.Inference.Comparison;
using LatencyLab.Tests.Api;
using LatencyLab.Tests.Requirements;
using LatencyLab.Tests.Sessions;
using LatencyLab.Web.History;
using LatencyLab.Web.History.Kinds;

namespace LatencyLab.Tests.History;

/// <summary>The history after <c>kill -9</c> in the middle of its work.</summary>
public class KilledProcessTests(HistoryPlaces places) : IClassFixture<HistoryPlaces>
{
    private const int Before = 12;

    [Theory, OnSqlite, OnPostgres]
    public async Task AServer_KilledWhileItMeasuresAndSaves_LosesNothingThatItReportedAsSaved(string database)
    {
        var place = await places.CreateAsync(database);
        var saved = new ConcurrentBag<string>();
        await using (var server = await WebProcess.StartAsync(place))
        {
            using var stop = new CancellationTokenSource();
            var measuring = server.Client.PostAsync("/api/models/frontier?rounds=1000", content: null, stop.Token);
            var saving = Enumerable.Range(0, 2).Select(_ => SaveUntilStoppedAsync(server.Client, saved, stop.Token)).ToArray();
            await UntilAsync(async () => saved.Count >= Before
                && (await server.Client.GetFromJsonAsync<JsonElement>("/api/history?kind=frontier")).GetProperty("total").GetInt32() == 1);

            await server.KillAsync();

            await stop.CancelAsync();
            await Task.WhenAll([.. saving, measuring]).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        if (database == OnSqliteAttribute.Name)
        {
            await using var opened = place.Open();
            await using var connection = await opened.OpenAsync(default);
            Assert.Equal("ok", await connection.ExecuteScalarAsync<string>("PRAGMA integrity_check"));
        }
        await using var history = await HistoryHost.StartAsync(place);
        foreach (var id in saved)
        {
            var run = await history.Runs.FindAsync(id, default);
            Assert.Equal(RunStatus.Completed, run?.Status);
            Assert.Equal(id, history.Get<RunKinds>().Of<ComparisonResult>().Parse(run!.Payload!.Value).Id);
        }
        var interrupted = Assert.Single((await history.Runs.ListAsync(new RunFilter { Kind = "frontier" }, default)).Runs);
        Assert.Equal(RunStatus.Interrupted, interrupted.Status);
        Assert.NotNull(interrupted.Message);
    }

    /// <summary>Compares again and again; what the server reports as saved goes into the bag.</summary>
    private static async Task SaveUntilStoppedAsync(HttpClient client, ConcurrentBag<string> saved, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var form = WebApp.Form(SamplePicture.Read("cat.jpg"));
            using var answer = await client.PostAsync("/api/compare?rounds=2&warmup=0&save=wait", form, cancellationToken);
            answer.EnsureSuccessStatusCode();
            saved.Add((await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("id").GetString()!);
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var attempt = 0; !await condition(); attempt++)
        {
            Assert.True(attempt < 1200, "The server did not come as far as it should.");
            await Task.Delay(100);
        }
    }
}
