using System.Globalization;
using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Measurement.Load;

namespace LatencyLab.Web.History.Kinds;

/// <summary>Load on one variant.</summary>
internal sealed class LoadRunKind() : RunKind<LoadResult>("load", "Load run")
{
    /// <summary>Loads whose rates differ by less are called the same: a Poisson schedule never arrives at exactly its rate.</summary>
    private const double SameRate = 0.05;

    public override RunDescription Describe(LoadResult result) => new()
    {
        Title = $"Load on {result.Target.VariantId}, {LoadOf(result)}",
        Environment = result.Environment,
        ModelIds = result.Target.ModelId is { } model ? [model] : [],
        VariantIds = [result.Target.VariantId],
        Headline =
        [
            .. Figure("p50", result.P50Ms, "ms"), .. Figure("p99", result.P99Ms, "ms"), new HeadlineFigure("achieved", result.AchievedRps, "/s"),
            .. result.Unsent > 0 ? [new HeadlineFigure("unsent", result.Unsent, "")] : Array.Empty<HeadlineFigure>(),
        ],
    };

    public override IReadOnlyList<MeasuredSeries> SeriesOf(LoadResult result) => LoadSeries.Of(result);

    protected override IReadOnlyList<string> NotesOn(LoadResult a, LoadResult b) =>
    [
        .. a.Mode != b.Mode || a.Callers != b.Callers || Math.Abs(RateOf(a) - RateOf(b)) > SameRate * Math.Max(RateOf(a), RateOf(b))
            ? [$"The loads differ: {LoadOf(a)}, {Callers(a)}, and {LoadOf(b)}, {Callers(b)}."]
            : Array.Empty<string>(),
        .. PicturesOf(a) is { } sentToA && PicturesOf(b) is { } sentToB && sentToA != sentToB
            ? [$"The pictures differ: A was sent {sentToA}; B was sent {sentToB}."]
            : Array.Empty<string>(),
        .. Lost("A", a), .. Lost("B", b),
    ];

    protected override string? ProblemOf(LoadResult result) =>
        result.Histograms.Latency.Count != result.Samples ? $"its histogram holds {result.Histograms.Latency.Count} latencies, and it states {result.Samples}"
        : result.Histograms.Naive.Count != result.Samples ? $"its naive histogram holds {result.Histograms.Naive.Count} latencies, and it states {result.Samples}"
        : new[] { result.P50Ci95Ms, result.P95Ci95Ms, result.P99Ci95Ms }.Any(interval => interval is { Length: not 2 }) ? "an interval does not have two ends"
        : !(result.DurationMs > 0) || result.Unsent < 0 || result.LeftOut < 0 || !(result.AchievedRps >= 0) ? "its duration, rate or count is below 0"
        : result.Timeline.Any(point => point.Completed < 0) ? "a second of its timeline has a count below 0"
        : null;

    private static double RateOf(LoadResult result) => result.OfferedRps ?? 0;

    private static string LoadOf(LoadResult result) => result.OfferedRps is { } rate
        ? string.Create(CultureInfo.InvariantCulture, $"{result.Schedule} {rate:0.#}/s")
        : result.Callers == 1 ? "1 client" : string.Create(CultureInfo.InvariantCulture, $"{result.Callers} clients");

    private static string? PicturesOf(LoadResult result) => result.Target.Pictures is { } pictures ? string.Join(", ", pictures) : null;

    private static string Callers(LoadResult result) => string.Create(CultureInfo.InvariantCulture, $"{result.Callers} at once");

    private static string[] Lost(string name, LoadResult result) => result.Unsent + result.Failures.Values.Sum() is > 0 and var lost
        ? [string.Create(CultureInfo.InvariantCulture, $"{lost} requests of {name} have no answer and so no latency.")]
        : [];

    private static HeadlineFigure[] Figure(string name, double? value, string unit) => value is { } number ? [new HeadlineFigure(name, number, unit)] : [];
}
