using LatencyLab.Inference.Frontier;
using LatencyLab.Inference.Models;

namespace LatencyLab.Web.Components.Zoo;

/// <summary>One model of the table: what its card states, and its measured times once there are any.</summary>
/// <param name="Model">The model.</param>
/// <param name="Fp32Ms">Median inference of the fastest FP32 configuration, in milliseconds; null until it is measured.</param>
/// <param name="Int8Ms">The same in INT8.</param>
public sealed record ZooRow(ModelSummary Model, double? Fp32Ms, double? Int8Ms)
{
    /// <summary>Whether an INT8 file ships with it.</summary>
    public bool HasInt8 => Model.Int8SizeBytes is not null;

    /// <summary>The fastest measured time of all.</summary>
    public double? FastestMs => Fp32Ms is { } fp32 && Int8Ms is { } int8 ? Math.Min(fp32, int8) : Fp32Ms ?? Int8Ms;

    /// <summary>The rows of all models.</summary>
    public static IReadOnlyList<ZooRow> Of(IReadOnlyList<ModelSummary> models, FrontierResult? frontier)
    {
        ArgumentNullException.ThrowIfNull(models);
        double? Fastest(ModelSummary model, string precision) => frontier?.Rows
            .Where(row => row.ModelId == model.Id && row.Precision == precision)
            .Select(row => (double?)row.InferenceP50Ms).Min();
        return [.. models.Select(model => new ZooRow(model, Fastest(model, Precisions.Fp32), Fastest(model, Precisions.Int8)))];
    }
}
