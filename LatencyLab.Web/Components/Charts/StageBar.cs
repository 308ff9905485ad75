using LatencyLab.Inference.Measurement;

namespace LatencyLab.Web.Components.Charts;

/// <summary>The parts of one variant's time.</summary>
/// <param name="VariantId">The variant.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="PartsMs">Duration of each stage in milliseconds.</param>
public sealed record StageBar(string VariantId, string Title, IReadOnlyDictionary<Stage, double> PartsMs)
{
    /// <summary>Duration of a stage in milliseconds; 0 when the variant has none.</summary>
    public double this[Stage stage] => PartsMs.GetValueOrDefault(stage);

    /// <summary>Length of the bar in milliseconds.</summary>
    public double TotalMs => PartsMs.Values.Sum();
}
