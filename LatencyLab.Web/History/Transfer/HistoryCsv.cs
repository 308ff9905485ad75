using System.Globalization;
using System.Text;
using LatencyLab.Inference.Comparison;
using LatencyLab.Web.Comparisons;
using LatencyLab.Web.History.Kinds;

namespace LatencyLab.Web.History.Transfer;

/// <summary>Runs as CSV: one row a run and variant, units in the headers; a run without series has one row.</summary>
internal static class HistoryCsv
{
    private static readonly string[] Header =
    [
        "run_id", "kind", "title", "created_at", "finished_at", "status", "cpu", "logical_cores", "int8_path", "os", "gpu", "runtime_version", "version",
        "variant", "model", "measure", "samples", "percentile", "value_ms", "ci95_low_ms", "ci95_high_ms",
        "peak_memory_bytes", "arena_bytes",
    ];

    public static string Write(IEnumerable<RunRecord> runs, RunKinds kinds)
    {
        var text = new StringBuilder();
        text.AppendCsvRow(Header);
        foreach (var run in runs)
        {
            var series = run.Payload is { } payload ? kinds.Find(run.Kind)?.Read(payload) ?? [] : [];
            foreach (var one in series.DefaultIfEmpty())
            {
                text.AppendCsvRow(Row(run, one));
            }
        }
        return text.ToString();
    }

    private static object?[] Row(RunRecord run, MeasuredSeries? series) =>
    [
        run.Id, run.Kind, run.Title, Time(run.CreatedAt), run.FinishedAt is { } finished ? Time(finished) : null, run.Status.ToString().ToLowerInvariant(),
        run.Machine.Cpu, run.Machine.LogicalCores, run.Machine.Int8Path, run.Machine.Os, run.Machine.Gpu, run.Machine.RuntimeVersion, run.Machine.Version,
        series?.VariantId, series?.ModelId, series?.Measure, series?.Samples, series?.Percentile, series?.ValueMs, series?.Ci95Ms?[0], series?.Ci95Ms?[1],
        series?.PeakMemoryBytes, series?.ArenaBytes,
    ];

    private static string Time(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}
