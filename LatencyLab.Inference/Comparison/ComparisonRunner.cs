using System.Security.Cryptography;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Comparison;

/// <summary>Runs one picture through several variants and measures where the time goes.</summary>
public sealed class ComparisonRunner(ClassifierGate gate, TimeProvider time)
{
    /// <summary>Rounds in turns before a race, against which its contention is measured.</summary>
    private const int BaselineRounds = 10;

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(150);

    /// <summary>Runs a comparison; each round waits for its turn at the gate and then has the classifier to itself.</summary>
    /// <param name="request">What to compare.</param>
    /// <param name="progress">Receives each variant's first answer at once, then summaries a few times a second.</param>
    /// <param name="cancellationToken">Stops the comparison before its next layer.</param>
    /// <exception cref="ImageRejectedException">The picture cannot be decoded.</exception>
    /// <exception cref="GateFullException">Too many requests are waiting.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of rounds is out of its range.</exception>
    public async Task<ComparisonResult> RunAsync(
        ComparisonRequest request, IProgress<ComparisonProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        var run = new ComparisonState(request, time.GetUtcNow(), progress, ProgressInterval);
        var random = new Random(request.Seed);
        var admitted = false;
        var rounds = Rounds(request).ToArray();
        for (var index = 0; index < rounds.Length && run.MayContinue(rounds[index]); index++)
        {
            var kind = rounds[index];
            var order = run.Standing(random);
            using (await gate.EnterAloneAsync(admitted, cancellationToken))
            {
                admitted = true;
                await Task.Run(() => run.Round(order, kind, cancellationToken), cancellationToken);
            }
            run.Report(index + 1, rounds.Length);
        }
        return run.Finish(Id());
    }

    private static IEnumerable<RoundKind> Rounds(ComparisonRequest request)
    {
        var baseline = request.Mode == ComparisonMode.Race ? Math.Min(BaselineRounds, request.Rounds) : 0;
        return Enumerable.Repeat(RoundKind.Warmup, request.WarmupRounds)
            .Concat(Enumerable.Repeat(RoundKind.Baseline, baseline))
            .Concat(Enumerable.Repeat(RoundKind.Steady, request.Rounds));
    }

    private static string Id() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
}
