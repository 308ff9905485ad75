using LatencyLab.Inference.Runtime;

namespace LatencyLab.Inference.Measurement.Load.Search;

/// <summary>
/// Finds the highest Poisson rate at which a percentile keeps its bound, as MLPerf's Server scenario asks: the rate is doubled until a
/// trial does not pass, then the gap is halved. A trial with too few requests for a verdict is followed by a higher rate.
/// </summary>
public static class RateSearch
{
    private const int MostTrials = 40;
    private const double LowestRate = 0.1;
    private const double HighestRate = 1_000_000;

    /// <summary>Searches.</summary>
    /// <param name="target">What load is put on.</param>
    /// <param name="options">What to look for.</param>
    /// <param name="progress">Receives each trial when it ends.</param>
    /// <param name="cancellationToken">Ends the search without a result.</param>
    /// <exception cref="LoadTargetException">The target does not answer.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Task<RateSearchResult> RunAsync(
        ILoadTarget target, RateSearchOptions options, IProgress<RateTrial>? progress = null, CancellationToken cancellationToken = default) =>
        RunAsync(target, options, progress, static () => new MonotonicLoadClock(), cancellationToken);

    internal static async Task<RateSearchResult> RunAsync(
        ILoadTarget target, RateSearchOptions options, IProgress<RateTrial>? progress, Func<ILoadClock> clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var trials = new List<RateTrial>();
        double? passed = null, failed = null;
        for (double? rate = options.StartRatePerSecond; rate is { } tried && trials.Count < MostTrials; rate = Next(tried, passed, failed, options))
        {
            var trial = await SearchTrial.RunAsync(target, options, tried, clock(), cancellationToken);
            trials.Add(trial);
            progress?.Report(trial);
            if (trial.Verdict == RateVerdict.Passed)
            {
                passed = tried;
            }
            else if (trial.Verdict == RateVerdict.Failed || HasEnough(trial, options))
            {
                failed = tried;
            }
            else if (failed is not null)
            {
                // Lower rates would have fewer requests still.
                break;
            }
        }
        return new RateSearchResult
        {
            Target = target.Facts,
            Percentile = options.Percentile,
            BoundMs = options.Bound.TotalMilliseconds,
            RatePerSecond = passed,
            FailedRatePerSecond = failed,
            Trials = trials,
            Environment = EnvironmentProbe.Read(),
        };
    }

    /// <summary>Whether a trial had so many requests that it could have passed; with fewer it says nothing about its rate.</summary>
    private static bool HasEnough(RateTrial trial, RateSearchOptions options) =>
        trial.Requests >= Measurement.Percentile.MinimumSamples(options.Percentile);

    /// <summary>The rate to try next; null when the search is over.</summary>
    private static double? Next(double tried, double? passed, double? failed, RateSearchOptions options) => (passed, failed) switch
    {
        (_, null) => 2 * tried <= HighestRate ? 2 * tried : null,
        (null, _) => tried / 2 >= LowestRate ? tried / 2 : null,
        ({ } low, { } high) => high - low > options.Tolerance * high ? (low + high) / 2 : null,
    };
}
