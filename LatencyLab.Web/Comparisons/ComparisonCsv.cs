using System.Globalization;
using System.Text;
using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Measurement;

namespace LatencyLab.Web.Comparisons;

/// <summary>A comparison as CSV (RFC 4180): one row a variant, units in the headers, invariant numbers.</summary>
public static class ComparisonCsv
{
    private static readonly Stage[] Stages = [.. Enum.GetValues<Stage>().Where(stage => stage is not (Stage.Upload or Stage.Render))];

    private static readonly string[] Header =
    [
        "comparison_id", "created_at", "mode", "rounds", "image", "variant", "title", "model", "precision", "provider", "threads",
        "graph_optimization", "model_size_bytes", "prediction", "probability", "agrees_with_control", "cold_ms", "samples",
        "total_p50_ms", "total_ci95_low_ms", "total_ci95_high_ms", "total_p90_ms", "total_p95_ms", "total_p99_ms", "total_min_ms", "total_mean_ms",
        "speedup", "speedup_ci95_low", "speedup_ci95_high", .. Stages.Select(stage => $"{stage.ToString().ToLowerInvariant()}_p50_ms"),
        "upload_ms", "render_ms", "failure", "cpu", "int8_path", "runtime_version",
    ];

    /// <summary>Writes a comparison.</summary>
    public static string Write(ComparisonResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var text = new StringBuilder();
        text.AppendCsvRow(Header);
        foreach (var variant in result.Variants)
        {
            text.AppendCsvRow(Row(result, variant));
        }
        return text.ToString();
    }

    private static IEnumerable<object?> Row(ComparisonResult result, VariantResult variant)
    {
        var best = variant.Predictions.Count > 0 ? variant.Predictions[0] : null;
        var total = variant.Total;
        object?[] facts =
        [
            result.Id, result.CreatedAt.ToString("O", CultureInfo.InvariantCulture), result.Mode.ToString().ToLowerInvariant(), result.Rounds,
            result.Image.Name, variant.Id, variant.Title, variant.ModelId, variant.Precision, variant.Provider, variant.Threads,
            variant.GraphOptimization, variant.ModelSizeBytes, best?.Label, best?.Probability, variant.AgreesWithControl, variant.ColdMs, variant.Samples,
            total?.P50Ms, total?.Ci95Ms[0], total?.Ci95Ms[1], total?.P90Ms, total?.P95Ms, total?.P99Ms, total?.MinMs, total?.MeanMs,
            variant.Speedup?.Value, variant.Speedup?.Ci95[0], variant.Speedup?.Ci95[1],
        ];
        return facts
            .Concat(Stages.Select(stage => (object?)variant.Stages.FirstOrDefault(summary => summary.Stage == stage)?.P50Ms))
            .Concat([
                result.Browser?.UploadMs, result.Browser?.RenderMs, variant.Failure?.Message,
                result.Environment.Cpu, result.Environment.Int8Path, result.Environment.RuntimeVersion]);
    }
}
