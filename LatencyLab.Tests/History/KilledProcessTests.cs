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

    [Theory, OnSqlite, OnPostgres]
    public async Task ALoadRun_WhoseProcessIsKilled_IsInterruptedAfterTheNextStart(string database)
    {
        var place = await places.CreateAsync(database);
        await using (var server = await WebProcess.StartAsync(place))
        {
            await StartAsync(server, "/api/load?variant=int8&loop=closed&duration=120&warmup=0");
            await UntilAsync(async () => await RunningAsync(server, "load") is not null);

            await server.KillAsync();
        }

        await using var history = await HistoryHost.StartAsync(place);
        var run = Assert.Single((await history.Runs.ListAsync(new RunFilter(), default)).Runs);
        Assert.Equal(("load", RunStatus.Interrupted, "Its process ended before it did."), (run.Kind, run.Status, run.Message));
        Assert.Equal(["cifar10_resnet9", "int8"], run.ModelIds.Concat(run.VariantIds));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task AProfile_WhoseProcessIsKilled_IsInterruptedUnderItsAddressAndEndsCompletedWhenItGoesOn(string database)
    {
        var place = await places.CreateAsync(database);
        string address, id;
        await using (var server = await WebProcess.StartAsync(place))
        {
            address = await StartAsync(server, "/api/profiles?variants=int8&batches=1,2&runs=60&repetitions=60&warmup=2");
            id = address.Split('/')[^1];
            await UntilAsync(async () => (await server.Client.GetFromJsonAsync<JsonElement>(address)).TryGetProperty("progress", out var share) && share.GetDouble() > 0);
            Assert.Equal(id, await RunningAsync(server, "profile"));

            await server.KillAsync();
        }

        await using var again = await WebProcess.StartAsync(place);
        var interrupted = await again.Client.GetFromJsonAsync<JsonElement>($"/api/history/{id}");
        Assert.Equal(
            ("interrupted", "Its process ended before it did.", "Profile of cifar10_resnet9"),
            (Text(interrupted, "status"), Text(interrupted, "message"), Text(interrupted, "title")));
        Assert.Equal("cancelled", Text(await again.Client.GetFromJsonAsync<JsonElement>(address), "state"));

        await StartAsync(again, address + "/resume");
        await UntilAsync(async () => Text(await again.Client.GetFromJsonAsync<JsonElement>(address), "state") == "done");

        var runs = (await again.Client.GetFromJsonAsync<JsonElement>("/api/history")).GetProperty("runs");
        Assert.Equal((id, "completed"), (Text(Assert.Single(runs.EnumerateArray()), "id"), Text(runs[0], "status")));
        var payload = (await again.Client.GetFromJsonAsync<JsonElement>($"/api/history/{id}")).GetProperty("payload");
        Assert.All(payload.GetProperty("cells").EnumerateArray(), cell => Assert.Equal(60, cell.GetProperty("samples").GetInt32()));
        Assert.Equal(interrupted.GetProperty("createdAt").GetDateTimeOffset(), runs[0].GetProperty("createdAt").GetDateTimeOffset());
    }

    private static string? Text(JsonElement element, string property) => element.GetProperty(property).GetString();

    /// <summary>Sends what begins a job; returns the job's address.</summary>
    private static async Task<string> StartAsync(WebProcess server, string address)
    {
        using var answer = await server.Client.PostAsync(address, content: null);
        answer.EnsureSuccessStatusCode();
        return answer.Headers.Location!.ToString();
    }

    /// <summary>Identifier of the run of a kind that the history calls running; null where there is none.</summary>
    private static async Task<string?> RunningAsync(WebProcess server, string kind)
    {
        var runs = (await server.Client.GetFromJsonAsync<JsonElement>($"/api/history?kind={kind}")).GetProperty("runs");
        return runs.EnumerateArray().Where(run => Text(run, "status") == "running").Select(run => Text(run, "id")).SingleOrDefault();
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
