using LatencyLab.Inference.Evaluation;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Comparison;
using LatencyLab.Tests.Models;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Evaluation;

public sealed class EvaluatorTests(LoadedZoo zoo) : IClassFixture<LoadedZoo>, IDisposable
{
    private readonly LabelledArchive _samples = LabelledArchive.Open(
        new MemoryStream(LabelledZip.OfSamples()), "samples.zip", EmbeddedZoo.Default, LabelledArchiveLimits.None);

    public void Dispose() => _samples.Dispose();

    [Fact]
    public async Task AVariant_ThatStopsAnswering_IsNamedAndTheOthersStand()
    {
        var result = await RunAsync(EvaluationPace.Full, zoo.Variant("control"), ScriptedVariant.Breaking(zoo).Variant!, zoo.Variant("int8"));

        Assert.Equal(["control", "int8"], result.Variants.Select(variant => variant.Id));
        Assert.Equal("breaking: The service has gone away.", Assert.Single(result.Problems));
        Assert.All(result.Variants, variant =>
        {
            // Each sample shows what its name says, and these models know it.
            Assert.Equal(1, variant.Top1);
            Assert.Equal(1, variant.Top1Ci95[1]);
            Assert.Equal(0.6756, variant.Top1Ci95[0], 5e-5);
        });
    }

    [Fact]
    public async Task TheFirstVariant_ThatStopsAnswering_EndsIt()
    {
        var error = await Assert.ThrowsAsync<IOException>(() => RunAsync(EvaluationPace.Full, ScriptedVariant.Breaking(zoo).Variant!, zoo.Variant("int8")));

        Assert.Equal("breaking: The service has gone away.", error.Message);
    }

    [Fact]
    public async Task BesideAMeasurement_NoPictureIsTouchedUntilItHasEnded()
    {
        var gate = new ClassifierGate(places: 2, queueLength: 0);
        var pace = EvaluationPace.Beside(gate);
        var progress = new Seen();
        var measurement = await gate.EnterAloneAsync(admitted: false, CancellationToken.None);

        var evaluation = Task.Run(() => RunAsync(pace, progress, CancellationToken.None, zoo.Variant("int8")));
        SpinWait.SpinUntil(() => gate.Waiting == Math.Min(pace.Workers, _samples.Pictures.Count) || evaluation.IsCompleted);
        Assert.False(evaluation.IsCompleted);
        Assert.Equal(0, progress.Last);
        measurement.Dispose();

        Assert.Equal(8, (await evaluation).Pictures);
        Assert.Equal(8, progress.Last);
    }

    [Fact]
    public async Task Cancelled_WhileItWaits_ItEnds()
    {
        var gate = new ClassifierGate(places: 2, queueLength: 0);
        using var measurement = await gate.EnterAloneAsync(admitted: false, CancellationToken.None);
        using var cancellation = new CancellationTokenSource();

        var evaluation = RunAsync(EvaluationPace.Beside(gate), null, cancellation.Token, zoo.Variant("int8"));
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => evaluation);
    }

    private Task<EvaluationResult> RunAsync(EvaluationPace pace, params Variant[] variants) => RunAsync(pace, null, CancellationToken.None, variants);

    private Task<EvaluationResult> RunAsync(EvaluationPace pace, IProgress<int>? progress, CancellationToken cancellationToken, params Variant[] variants) =>
        Evaluator.RunAsync("samples.zip", _samples.Pictures, variants, zoo.Decoder, pace, progress, cancellationToken);

    private sealed class Seen : IProgress<int>
    {
        private int _last;

        public int Last => Volatile.Read(ref _last);

        public void Report(int value) => Interlocked.Increment(ref _last);
    }
}
