using System.Runtime.CompilerServices;
using LatencyLab.Inference.Measurement.Hardware;

namespace LatencyLab.Web.Api;

/// <summary><c>/api/monitor</c>: what the machine does, as <c>latencylab monitor --json</c> tells it.</summary>
internal static class MonitorEndpoints
{
    private const int MaxSeconds = 60;

    /// <summary>Five a second: faster is for the command line, whose sampler nobody shares.</summary>
    private const int ShortestMs = 200;
    private const int LongestMs = 60_000;

    public static void MapMonitor(this IEndpointRouteBuilder api)
    {
        api.MapGet("/monitor", WatchAsync)
            .WithSummary("Watches the machine and answers with what it saw. Options: seconds (1 to 60), periodMs (200 to 60000).")
            .Produces<HardwareSeries>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/monitor/stream", (HttpRequest request, HardwareFeed feed, CancellationToken cancellationToken) =>
                TypedResults.ServerSentEvents(SamplesAsync(feed, PeriodOf(request, 1000), cancellationToken), eventType: "sample"))
            .WithSummary("Samples as server-sent events until the client leaves, the values by metric name. Option: periodMs (200 to 60000).")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<HardwareSeries> WatchAsync(HttpRequest request, HardwareFeed feed, CancellationToken cancellationToken)
    {
        var seconds = NumberOption.Read(request, "seconds", 1, 1, MaxSeconds);
        using var watch = feed.Watch(PeriodOf(request, ShortestMs));
        await Task.Delay(TimeSpan.FromSeconds(seconds), cancellationToken);
        return watch.Read() ?? throw new OperationCanceledException("The application is stopping.");
    }

    private static async IAsyncEnumerable<MonitorSample> SamplesAsync(
        HardwareFeed feed, TimeSpan period, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watch = feed.Watch(period);
        using var timer = new PeriodicTimer(period);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (watch.Latest() is { } sample)
            {
                yield return new MonitorSample(
                    watch.Metrics.Select((metric, index) => (metric.Name, Value: sample.Values[index])).ToDictionary(pair => pair.Name, pair => pair.Value), sample.Cost);
            }
        }
    }

    private static TimeSpan PeriodOf(HttpRequest request, int fallbackMs) =>
        TimeSpan.FromMilliseconds(NumberOption.Read(request, "periodMs", fallbackMs, ShortestMs, LongestMs));

    /// <summary>One event of the stream.</summary>
    /// <param name="Values">One value a metric; null where there is none. Units and descriptions are in the answer of <c>/api/monitor</c>.</param>
    /// <param name="Cost">What monitoring has cost so far.</param>
    internal sealed record MonitorSample(IReadOnlyDictionary<string, double?> Values, MonitorCost Cost);
}
