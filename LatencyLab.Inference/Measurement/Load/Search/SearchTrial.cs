using LatencyLab.Inference.Measurement.Histograms;
using LatencyLab.Inference.Measurement.Load.Arrivals;

namespace LatencyLab.Inference.Measurement.Load.Search;

/// <summary>One rate, tried until the early-stopping rule tells.</summary>
internal static class SearchTrial
{
    /// <summary>Arrivals that wait beyond so many bounds' worth of requests are too slow anyway.</summary>
    private const double WaitingInBounds = 4;
    private const int LeastWaiting = 256;
    private const int MostWaiting = 100_000;

    public static async Task<RateTrial> RunAsync(
        ILoadTarget target, RateSearchOptions options, double ratePerSecond, ILoadClock clock, CancellationToken cancellationToken)
    {
        var load = new LoadOptions
        {
            Schedule = new PoissonArrivals(ratePerSecond, options.Seed),
            Duration = options.TrialLimit,
            Warmup = options.Warmup,
            Callers = options.Callers,
            MaxWaiting = (int)Math.Clamp(WaitingInBounds * ratePerSecond * options.Bound.TotalSeconds, LeastWaiting, MostWaiting),
            // What has not been answered by then counts as too slow.
            Patience = options.Bound + options.Bound,
            StopWhen = new Watch(options, ratePerSecond).IsDecided,
        };
        var result = await LoadRun.Start(target, load, progress: null, clock, cancellationToken).Completion;
        var failed = result.Failures.Values.Sum() + result.Unsent;
        var requests = result.Samples + failed;
        var tooSlow = result.Histograms.Latency.CountAbove(options.Bound) + failed;
        var verdict = EarlyStopping.Verdict(requests, tooSlow, options.Percentile) switch
        {
            true => RateVerdict.Passed,
            false => RateVerdict.Failed,
            null => RateVerdict.Undecided,
        };
        return new RateTrial(ratePerSecond, verdict, requests, tooSlow, result);
    }

    /// <summary>
    /// Tells when a verdict is certain. It looks only when the number of requests has grown by a half since it last looked: to look all
    /// the time would be to wait for luck.
    /// </summary>
    private sealed class Watch(RateSearchOptions options, double ratePerSecond)
    {
        private const double Growth = 1.5;

        private const long FirstLook = 64;

        private long _nextLook = FirstLook;

        public bool IsDecided(LatencyHistogram latency, long notAnswered)
        {
            var requests = latency.Count + notAnswered;
            if (requests < _nextLook)
            {
                return false;
            }
            _nextLook = (long)(Growth * requests);
            // Arrivals that still wait are not in yet; the verdict after the last answer has them.
            return EarlyStopping.Verdict(requests, latency.CountAbove(options.Bound) + notAnswered, options.Percentile) switch
            {
                true => requests >= ratePerSecond * options.LeastTrial.TotalSeconds,
                false => true,
                null => false,
            };
        }
    }
}
