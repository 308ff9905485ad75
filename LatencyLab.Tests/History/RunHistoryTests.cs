using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Frontier;
using LatencyLab.Tests.Components;
using LatencyLab.Tests.Requirements;
using LatencyLab.Web.History;
using LatencyLab.Web.History.Kinds;

namespace LatencyLab.Tests.History;

/// <summary>What is promised of the history, on both databases.</summary>
public class RunHistoryTests(HistoryPlaces places) : IClassFixture<HistoryPlaces>
{
    private static readonly RunFilter All = new();

    [Theory, OnSqlite, OnPostgres]
    public async Task ASavedRun_AfterARestart_IsThereWithItsWholePayload(string database)
    {
        var place = await places.CreateAsync(database);
        var result = Example.Result("c1") with { CreatedAt = new DateTimeOffset(2026, 3, 14, 9, 26, 53, 589, TimeSpan.FromHours(2)) };
        await using (var before = await HistoryHost.StartAsync(place))
        {
            await before.Runs.SaveAsync(result.Id, result.CreatedAt, result);
        }

        await using var after = await HistoryHost.StartAsync(place);
        var run = await after.Runs.FindAsync("c1", default);

        Assert.NotNull(run);
        Assert.Equal(("comparison", "cat.jpg", RunStatus.Completed), (run.Kind, run.Title, run.Status));
        Assert.Equal(result.CreatedAt, run.CreatedAt);
        Assert.Equal(["control", "engine", "int8"], run.VariantIds);
        Assert.Equal("AMD EPYC 9B14 · 2 cores · AVX-512 VNNI", run.Machine.Name());
        var payload = after.Get<RunKinds>().Of<ComparisonResult>().Parse(run.Payload!.Value);
        Assert.Equal(result.Variants[2].SteadyMs, payload.Variants[2].SteadyMs);
        Assert.Equal(result.Variants[2].Total!.Ci95Ms, payload.Variants[2].Total!.Ci95Ms);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task SavingAgain_WithMoreKnown_ReplacesTheRun(string database)
    {
        await using var history = await HistoryHost.StartAsync(await places.CreateAsync(database));
        var result = Example.Result("c1");
        await history.Runs.SaveAsync(result.Id, result.CreatedAt, result);

        await history.Runs.SaveAsync(result.Id, result.CreatedAt, result with { Browser = new BrowserTiming(12.5, 21.4) });

        var run = Assert.Single((await history.Runs.ListAsync(All, default)).Runs);
        var payload = (await history.Runs.FindAsync(run.Id, default))!.Payload!.Value;
        Assert.Equal(21.4, payload.GetProperty("browser").GetProperty("renderMs").GetDouble());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Runs_InTheQueueAtShutdown_AreWritten(string database)
    {
        var place = await places.CreateAsync(database);
        await using (var before = await HistoryHost.StartAsync(place))
        {
            for (var i = 0; i < 100; i++)
            {
                _ = before.Runs.SaveAsync($"c{i}", DateTimeOffset.UtcNow, Example.Result($"c{i}"));
            }
        }

        await using var after = await HistoryHost.StartAsync(place);

        Assert.Equal(100, (await after.Runs.ListAsync(All, default)).Total);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task List_WithConditions_HasOnlyWhatMeetsThemAll(string database)
    {
        await using var history = await HistoryHost.StartAsync(await places.CreateAsync(database));
        var noon = new DateTimeOffset(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);
        await SaveAsync(history, "old", noon.AddDays(-3), "model_a", "Élan 100%.jpg", "Xeon");
        await SaveAsync(history, "mid", noon, "model_a", "cat.jpg", "EPYC");
        await SaveAsync(history, "new", noon.AddDays(1), "modelXa", "dog_1.jpg", "EPYC");

        async Task<string> Ids(RunFilter filter) => string.Join(' ', (await history.Runs.ListAsync(filter, default)).Runs.Select(run => run.Id));

        Assert.Equal("new mid old", await Ids(All));
        Assert.Equal("mid old", await Ids(new RunFilter { Model = "model_a" }));
        Assert.Equal("old", await Ids(new RunFilter { Text = "élan 100%" }));
        Assert.Equal("new", await Ids(new RunFilter { Text = "G_1" }));
        Assert.Equal("mid", await Ids(new RunFilter { Text = "epyc CAT" }));
        Assert.Equal("", await Ids(new RunFilter { Text = "c%t" }));
        Assert.Equal("new mid", await Ids(new RunFilter { Machine = "EPYC · 2 cores · AVX-512 VNNI" }));
        Assert.Equal("mid", await Ids(new RunFilter { From = noon, Before = noon.AddDays(1) }));
        Assert.Equal("", await Ids(new RunFilter { Kind = "load" }));
        Assert.Equal("new mid old", await Ids(new RunFilter { Kind = "comparison" }));
        var facets = await history.Runs.FacetsAsync(default);
        Assert.Equal(["modelXa", "model_a"], facets.Models);
        Assert.Equal(2, facets.Machines.Count);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task List_ByPages_ShowsEveryRunOnce(string database)
    {
        await using var history = await HistoryHost.StartAsync(await places.CreateAsync(database));
        for (var i = 0; i < 7; i++)
        {
            // All at one moment: the order must be settled all the same.
            await SaveAsync(history, $"c{i}", DateTimeOffset.UnixEpoch, "m", "cat.jpg", "EPYC");
        }

        var pages = await Task.WhenAll(Enumerable.Range(1, 4).Select(page => history.Runs.ListAsync(new RunFilter { Page = page, PageSize = 2 }, default)));

        Assert.All(pages, page => Assert.Equal(7, page.Total));
        Assert.Equal([2, 2, 2, 1], pages.Select(page => page.Runs.Count));
        Assert.Equal(7, pages.SelectMany(page => page.Runs).Select(run => run.Id).Distinct().Count());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ARecordedRun_IsRunningWhileItIsMeasured_ThenCompleted(string database)
    {
        await using var history = await HistoryHost.StartAsync(await places.CreateAsync(database));
        RunSummary? meanwhile = null;

        var recorded = await history.Runs.RecordAsync(Beginning, async _ =>
        {
            meanwhile = Assert.Single((await history.Runs.ListAsync(All, default)).Runs);
            Assert.False(await history.Runs.DeleteAsync(meanwhile.Id, default));
            return Frontier();
        }, default);

        Assert.Equal(("frontier", RunStatus.Running, null), (meanwhile!.Kind, meanwhile.Status, meanwhile.FinishedAt));
        var run = await history.Runs.FindAsync(recorded.RunId!, default);
        Assert.Equal((RunStatus.Completed, meanwhile.Id), (run!.Status, run.Id));
        Assert.NotNull(run.FinishedAt);
        Assert.Contains(run.Headline, figure => figure is { Value: 1.5, Unit: "ms" });
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ARecordedRun_ThatFailsOrIsStopped_SaysSo(string database)
    {
        await using var history = await HistoryHost.StartAsync(await places.CreateAsync(database));

        await Assert.ThrowsAsync<InvalidOperationException>(() => history.Runs.RecordAsync<FrontierResult>(
            Beginning, _ => throw new InvalidOperationException("The model is gone."), default));
        await Assert.ThrowsAsync<OperationCanceledException>(() => history.Runs.RecordAsync<FrontierResult>(
            Beginning with { Title = "stopped" }, _ => throw new OperationCanceledException(), default));

        var runs = (await history.Runs.ListAsync(All, default)).Runs;
        Assert.Equal("The model is gone.", Assert.Single(runs, run => run.Status == RunStatus.Failed).Message);
        Assert.Equal("stopped", Assert.Single(runs, run => run.Status == RunStatus.Interrupted).Title);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ARecordedRun_ThatIsGoneOnWith_StaysOneRunAndEndsCompleted(string database)
    {
        await using var history = await HistoryHost.StartAsync(await places.CreateAsync(database));
        var begun = new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);
        await Assert.ThrowsAsync<OperationCanceledException>(() => history.Runs.RecordAsync<FrontierResult>(
            "f1", begun, Beginning, _ => throw new OperationCanceledException(), default));
        var stopped = await history.Runs.FindAsync("f1", default);
        RunSummary? meanwhile = null;

        await history.Runs.RecordAsync("f1", begun, Beginning, async _ =>
        {
            meanwhile = await history.Runs.FindAsync("f1", default);
            return Frontier();
        }, default);

        Assert.Equal((RunStatus.Interrupted, "It was stopped before its end."), (stopped!.Status, stopped.Message));
        Assert.Equal((RunStatus.Running, null, null), (meanwhile!.Status, meanwhile.Message, meanwhile.FinishedAt));
        var run = Assert.Single((await history.Runs.ListAsync(All, default)).Runs);
        Assert.Equal(("f1", RunStatus.Completed, begun, null), (run.Id, run.Status, run.CreatedAt, run.Message));
        Assert.NotNull((await history.Runs.FindAsync("f1", default))!.Payload);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ARunningRun_OfAnotherServerThatLives_IsLeftAlone(string database)
    {
        var place = await places.CreateAsync(database);
        await using var first = await HistoryHost.StartAsync(place);

        await first.Runs.RecordAsync(Beginning, async _ =>
        {
            await using var second = await HistoryHost.StartAsync(place);
            Assert.Equal(RunStatus.Running, Assert.Single((await second.Runs.ListAsync(All, default)).Runs).Status);
            return Frontier();
        }, default);

        Assert.Equal(RunStatus.Completed, Assert.Single((await first.Runs.ListAsync(All, default)).Runs).Status);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Delete_OfARun_IsForGood(string database)
    {
        var place = await places.CreateAsync(database);
        await using (var before = await HistoryHost.StartAsync(place))
        {
            await SaveAsync(before, "c1", DateTimeOffset.UnixEpoch, "m", "cat.jpg", "EPYC");

            Assert.True(await before.Runs.DeleteAsync("c1", default));
            Assert.False(await before.Runs.DeleteAsync("c1", default));
        }
        await using var after = await HistoryHost.StartAsync(place);
        Assert.Null(await after.Runs.FindAsync("c1", default));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Add_OfAKnownIdentifier_LeavesTheRunAsItIs(string database)
    {
        await using var history = await HistoryHost.StartAsync(await places.CreateAsync(database));
        await SaveAsync(history, "c1", DateTimeOffset.UnixEpoch, "m", "cat.jpg", "EPYC");
        var run = (await history.Runs.FindAsync("c1", default))!;

        Assert.False(await history.Runs.AddAsync(run with { Title = "other" }, default));
        Assert.True(await history.Runs.AddAsync(run with { Id = "c2", Title = "other" }, default));

        Assert.Equal("cat.jpg", (await history.Runs.FindAsync("c1", default))!.Title);
        Assert.Equal("other", (await history.Runs.FindAsync("c2", default))!.Title);
    }

    private static RunDescription Beginning => new() { Title = "Accuracy against latency", Environment = Example.Environment };

    private static FrontierResult Frontier() => new()
    {
        CreatedAt = DateTimeOffset.UnixEpoch,
        BaseModelId = "m",
        Environment = Example.Environment,
        Rounds = 30,
        Rows =
        [
            new FrontierRow
            {
                ModelId = "m", Precision = "int8", VariantId = "int8", InferenceP50Ms = 1.5, Speedup = new(2, [1.9, 2.1]), SizeBytes = 1000, OnFrontier = true,
            },
        ],
    };

    private static Task SaveAsync(HistoryHost history, string id, DateTimeOffset createdAt, string model, string picture, string cpu)
    {
        var result = Example.Result(id);
        return history.Runs.SaveAsync(id, createdAt, result with
        {
            CreatedAt = createdAt,
            Image = result.Image with { Name = picture },
            Environment = result.Environment with { Cpu = cpu },
            Variants = [.. result.Variants.Select(variant => variant with { ModelId = model })],
        });
    }
}
