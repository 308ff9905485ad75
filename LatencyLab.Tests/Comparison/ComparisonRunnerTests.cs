using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Comparison;

public class ComparisonRunnerTests(LoadedZoo zoo) : IClassFixture<LoadedZoo>
{
    private readonly ClassifierGate _gate = new(places: 2, queueLength: 4);

    [Fact]
    public async Task Isolated_AllVariants_AnswerWithPredictionsStagesAndSpeedups()
    {
        var result = await RunAsync(Request() with { Rounds = 12, WarmupRounds = 3 });

        Assert.Equal(["control", "engine", "int8"], result.Variants.Select(variant => variant.Id));
        Assert.Equal(12, result.Rounds);
        Assert.Equal(3, result.WarmupRounds);
        Assert.All(result.Variants, variant =>
        {
            Assert.Null(variant.Failure);
            Assert.Equal(5, variant.Predictions.Count);
            Assert.Equal(12, variant.Samples);
            Assert.Equal(3, variant.WarmupMs.Count);
            Assert.Equal(12, variant.SteadyMs.Count);
            Assert.Equal(Stage.Other, variant.Stages[^1].Stage);
            Assert.Equal(variant.Total!.MeanMs, variant.Stages.Sum(stage => stage.MeanMs), tolerance: 1e-6);
            Assert.InRange(variant.Total.P50Ms, variant.Total.Ci95Ms[0], variant.Total.Ci95Ms[1]);
            Assert.Null(variant.Total.P90Ms);
            Assert.Null(variant.ContentionCost);
        });
        Assert.Null(result.Variants[0].Speedup);
        Assert.True(result.Variants[1].AgreesWithControl);
        Assert.NotNull(result.Variants[2].Speedup);
        Assert.NotNull(result.Variants[2].InferenceSpeedup);
    }

    [Fact]
    public async Task Result_Stamped_NamesMachineRuntimeAndPicture()
    {
        var result = await RunAsync(Request() with { Rounds = 1, WarmupRounds = 0 });

        Assert.Equal("ship.jpg", result.Image.Name);
        Assert.Equal(64, result.Image.Sha256.Length);
        Assert.NotEmpty(result.Environment.Cpu);
        Assert.NotEmpty(result.Environment.Int8Path);
        Assert.NotNull(result.Environment.GpuInactiveReason);
        Assert.Equal("ONNX Runtime", result.Environment.Runtime);
        Assert.Equal(24, result.Id.Length);
    }

    [Fact]
    public async Task Isolated_FirstAnswerOfATurn_IsNotCounted()
    {
        var request = Request();
        var result = await RunAsync(request with { Variants = [request.Variants[0], ScriptedVariant.Chilled(zoo)], Rounds = 3, WarmupRounds = 0 });

        var chilled = result.Variants[1];
        Assert.Equal(3, chilled.Samples);
        Assert.All(chilled.SteadyMs, total => Assert.InRange(total, 0, ScriptedVariant.ChillMs / 2));
    }

    [Fact]
    public async Task Race_AllVariants_ReportWhatContentionCosts()
    {
        var result = await RunAsync(Request() with { Mode = ComparisonMode.Race, Rounds = 8, WarmupRounds = 1 });

        Assert.Equal(ComparisonMode.Race, result.Mode);
        Assert.All(result.Variants, variant =>
        {
            Assert.Equal(8, variant.Samples);
            Assert.NotNull(variant.ContentionCost);
            Assert.True(variant.ContentionCost.Ci95[0] <= variant.ContentionCost.Ci95[1]);
        });
    }

    [Fact]
    public async Task AVariant_ThatFailed_ShowsWhyAndLeavesTheOthersStanding()
    {
        await using var registry = zoo.CreateRegistry(
            [DefaultVariants.All[0], new() { Id = "gpu", Title = "GPU", Provider = "cuda" }], new LoadedZoo.NoPreparer());
        await registry.WaitAsync("cifar10_resnet9", CancellationToken.None);

        var result = await RunAsync(Request() with { Variants = registry.Entries("cifar10_resnet9"), Rounds = 2 });

        Assert.Null(result.Variants[0].Failure);
        Assert.Equal("load", result.Variants[1].Failure!.Stage);
        Assert.NotEmpty(result.Variants[1].Failure!.Message);
        Assert.Empty(result.Variants[1].Predictions);
        Assert.Null(result.Variants[1].Total);
    }

    [Fact]
    public async Task AnAnswer_ThatTakesTooLong_IsStoppedAndLeavesTheOthersStanding()
    {
        var result = await RunAsync(Request() with { Variants = [zoo.Entries[0], ScriptedVariant.Stuck(zoo)], AnswerTimeout = TimeSpan.FromSeconds(2), Rounds = 2 });

        Assert.Null(result.Variants[0].Failure);
        Assert.Equal(2, result.Variants[0].Samples);
        Assert.Equal("cancelled", result.Variants[1].Failure!.Stage);
        Assert.Contains("2 s", result.Variants[1].Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comparison_OutOfTime_StopsAfterAtLeastOneRoundAndSaysSo()
    {
        var result = await RunAsync(Request() with { TimeBudget = TimeSpan.Zero, Rounds = 50 });

        Assert.Equal(1, result.Rounds);
        Assert.Contains(result.Insights, insight => insight.Kind == "time-budget");
    }

    [Fact]
    public async Task ADamagedPicture_EndsTheComparisonWithItsReason()
    {
        var half = SamplePicture.Read("ship.jpg").AsMemory(0, 4000);

        await Assert.ThrowsAsync<ImageRejectedException>(() => RunAsync(Request() with { Encoded = half }));
        await Assert.ThrowsAsync<ImageRejectedException>(() => RunAsync(Request() with { Encoded = half, Mode = ComparisonMode.Race }));
        (await _gate.EnterAloneAsync(false, CancellationToken.None)).Dispose();
    }

    [Fact]
    public async Task Comparison_Cancelled_EndsAndGivesTheGateBack()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new Collected(() => cancellation.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new ComparisonRunner(_gate, TimeProvider.System).RunAsync(Request() with { Rounds = 1000 }, progress, cancellation.Token));
        (await _gate.EnterAloneAsync(false, CancellationToken.None)).Dispose();
    }

    [Fact]
    public async Task Progress_WhileRunning_ShowsAnswersBeforeTheEnd()
    {
        var progress = new Collected(() => { });

        await new ComparisonRunner(_gate, TimeProvider.System).RunAsync(Request() with { Rounds = 30, WarmupRounds = 2 }, progress, CancellationToken.None);

        Assert.Equal(32, progress.Reports[0].RoundsTotal);
        Assert.Equal(1, progress.Reports[0].RoundsDone);
        Assert.Equal(3, progress.Reports[0].Variants.Count);
        Assert.Equal(5, progress.Reports[0].Variants[0].Predictions.Count);
    }

    [Fact]
    public async Task Comparison_WithTheGateFull_IsRefused()
    {
        var gate = new ClassifierGate(places: 1, queueLength: 0);
        using var pass = await gate.EnterAsync(CancellationToken.None);

        await Assert.ThrowsAsync<GateFullException>(
            () => new ComparisonRunner(gate, TimeProvider.System).RunAsync(Request(), progress: null, CancellationToken.None));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1001, 5)]
    [InlineData(10, -1)]
    [InlineData(10, 101)]
    public async Task Rounds_OutOfRange_AreRefused(int rounds, int warmup) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => RunAsync(Request() with { Rounds = rounds, WarmupRounds = warmup }));

    private Task<ComparisonResult> RunAsync(ComparisonRequest request) =>
        new ComparisonRunner(_gate, TimeProvider.System).RunAsync(request, progress: null, CancellationToken.None);

    private ComparisonRequest Request()
    {
        var encoded = SamplePicture.Read("ship.jpg");
        return new ComparisonRequest
        {
            Encoded = encoded,
            Image = ImageFactsReader.Read(zoo.Decoder, encoded, "ship.jpg"),
            Variants = zoo.Entries,
        };
    }

    private sealed class Collected(Action onReport) : IProgress<ComparisonProgress>
    {
        public List<ComparisonProgress> Reports { get; } = [];

        public void Report(ComparisonProgress value)
        {
            Reports.Add(value);
            onReport();
        }
    }
}
