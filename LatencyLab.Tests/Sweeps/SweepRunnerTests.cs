using LatencyLab.Inference.Sessions;
using LatencyLab.Inference.Sweeps;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Sweeps;

public sealed class SweepRunnerTests(LoadedZoo zoo) : IClassFixture<LoadedZoo>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latencylab-sweep-");
    private readonly SweepRunner _runner = new(new ClassifierGate(2, 8));

    [Fact]
    public async Task Sweep_OfVariantsAndBatches_FillsEveryCell()
    {
        var result = await RunAsync(Settings("control", "int8"), [zoo.Variant("control"), zoo.Variant("int8")]);

        Assert.Equal(
            ["control/1", "control/2", "control/4", "int8/1", "int8/2", "int8/4"], result.Cells.Select(cell => $"{cell.VariantId}/{cell.Batch}"));
        Assert.All(result.Cells, cell =>
        {
            Assert.Null(cell.Failure);
            Assert.Equal((32, 4), (cell.InputPx, cell.Samples));
            Assert.Equal(1000 * cell.Batch / cell.P50Ms!.Value, cell.ThroughputPerSecond!.Value, tolerance: 1e-6);
            Assert.InRange(cell.P50Ms.Value, cell.Ci95Ms![0], cell.Ci95Ms[1]);
            Assert.Null(cell.P95Ms);
            Assert.True(cell.ColdStartMs > 0);
            Assert.NotEmpty(cell.WarmupMs);
            Assert.NotNull(cell.PeakMemoryBytes);
        });
        Assert.All(result.Cells.GroupBy(cell => cell.VariantId), cells =>
        {
            var arena = cells.OrderBy(cell => cell.Batch).Select(cell => cell.ArenaBytes!.Value).ToArray();
            Assert.True(0 < arena[0] && arena[0] < arena[1] && arena[1] < arena[2], string.Join(", ", arena));
        });
        Assert.Contains(result.Notes, note => note.StartsWith("The arena is", StringComparison.Ordinal));
        Assert.Equal(["control", "int8"], result.Fits.Select(fit => fit.VariantId));
        Assert.StartsWith("Too few runs: 12 cold starts", result.ColdStart.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_ThatWasCancelled_GoesOnWhereItWas()
    {
        var path = Begin(Settings("int8"));
        using var cancellation = new CancellationTokenSource();
        using (var journal = SweepJournal.Open(path))
        {
            var progress = new Reports(report =>
            {
                if (report.VisitsDone == 2)
                {
                    cancellation.Cancel();
                }
            });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _runner.RunAsync(journal, [zoo.Variant("int8")], progress, cancellation.Token));
        }

        using var again = SweepJournal.Open(path);
        var before = again.Visits.Select(visit => visit.ColdStartMs!.Value).ToArray();
        var first = new List<SweepProgress>();
        var result = await _runner.RunAsync(again, [zoo.Variant("int8")], new Reports(first.Add), CancellationToken.None);

        Assert.Equal(2, before.Length);
        Assert.Equal((2, 6), (first[0].VisitsDone, first[0].Visits));
        Assert.Equal((6, 1.0), (first[^1].VisitsDone, Math.Round(first[^1].Share, 9)));
        Assert.All(before, cold => Assert.Contains(again.Visits, visit => visit.ColdStartMs == cold));
        Assert.All(result.Cells, cell => Assert.Equal(4, cell.Samples));
    }

    [Fact]
    public async Task Cell_ThatFails_IsRecordedAndTheOthersGoOn()
    {
        using var built = new BuiltModel(batchOfOneInside: true);
        using var variant = await built.LoadAsync(zoo);

        var result = await RunAsync(Settings("plain") with { ModelId = "built" }, [variant]);

        var (one, two) = (result.Cells[0], result.Cells[1]);
        Assert.True(one.Failure is null && one.P50Ms > 0);
        Assert.NotNull(two.Failure);
        Assert.Null(two.P50Ms);
        Assert.Empty(result.Fits);
    }

    [Fact]
    public async Task Visit_InWhichTheProcessEndedTwice_IsNotTriedAgain()
    {
        var path = Begin(Settings("int8") with { Batches = [1], Repetitions = 1 });
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var killed = SweepJournal.Open(path);
            killed.Begin(new VisitKey(new CellKey("int8", 32, 1), 0));
        }

        using var journal = SweepJournal.Open(path);
        var result = await _runner.RunAsync(journal, [zoo.Variant("int8")], null, CancellationToken.None);

        Assert.Contains("ended twice in this cell", Assert.Single(result.Cells).Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journal_OfAnotherMachine_IsRefused()
    {
        var path = Path.Combine(_folder.FullName, "other.jsonl");
        using var journal = SweepJournal.Create(path, SweepRunner.Begin(Settings("int8"), DateTimeOffset.UtcNow) with { Cpu = "Another processor" });

        var error = await Assert.ThrowsAsync<SweepException>(() => _runner.RunAsync(journal, [zoo.Variant("int8")], null, CancellationToken.None));
        Assert.Contains("Another processor", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 30, 3, "`batches`")]
    [InlineData(5000, 30, 3, "`batches`")]
    [InlineData(1, 0, 3, "`runs`")]
    [InlineData(1, 30, 0, "`repetitions`")]
    public void Settings_OutOfRange_AreNamed(int batch, int runs, int repetitions, string named) => Assert.Contains(
        named,
        Assert.Throws<SweepException>(() => SweepRunner.Begin(
            Settings("int8") with { Batches = [batch], Runs = runs, Repetitions = repetitions }, DateTimeOffset.UtcNow)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Batch_OfSeveralPictures_HasTheAnswersOfEachAlone()
    {
        var variant = zoo.Variant("control");
        using var session = SessionFactory.Create(variant.File!, variant.Options, 1).Session;
        using BoundSession single = new(session, variant.Model), three = new(session, variant.Model, batch: 3);
        TypicalInput.Fill(three.Input);
        three.Run();

        for (var picture = 0; picture < 3; picture++)
        {
            three.Input.Slice(picture * single.Input.Length, single.Input.Length).CopyTo(single.Input);
            single.Run();
            for (var label = 0; label < single.Output.Length; label++)
            {
                Assert.Equal(single.Output[label], three.Output[(picture * single.Output.Length) + label], 1e-3f);
            }
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static SweepSettings Settings(params string[] variants) =>
        new() { ModelId = "cifar10_resnet9", VariantIds = variants, Batches = [1, 2, 4], Runs = 4, Repetitions = 2 };

    private string Begin(SweepSettings settings)
    {
        var header = SweepRunner.Begin(settings, DateTimeOffset.UtcNow);
        var path = Path.Combine(_folder.FullName, header.Id);
        SweepJournal.Create(path, header).Dispose();
        return path;
    }

    private async Task<SweepResult> RunAsync(SweepSettings settings, IReadOnlyList<Variant> variants)
    {
        using var journal = SweepJournal.Open(Begin(settings));
        return await _runner.RunAsync(journal, variants, null, CancellationToken.None);
    }

    private sealed class Reports(Action<SweepProgress> take) : IProgress<SweepProgress>
    {
        public void Report(SweepProgress value) => take(value);
    }
}
