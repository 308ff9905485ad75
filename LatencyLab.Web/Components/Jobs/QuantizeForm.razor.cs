using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using Microsoft.AspNetCore.Components;

namespace LatencyLab.Web.Components.Jobs;

/// <summary>What to quantize to, how, and on which pictures.</summary>
public sealed partial class QuantizeForm
{
    private string _precision = Precisions.Int8;
    private string _method = CalibrationMethods.Default;

    [Parameter, EditorRequired]
    public required string ModelId { get; set; }

    /// <summary>Pictures that the configured folder offers; 0 where none is configured.</summary>
    [Parameter]
    public int ConfiguredPictures { get; set; }

    private bool Calibrates => _precision == Precisions.Int8;

    private string MethodHint => _method switch
    {
        "percentile" => "Percentile: cuts the rarest values off, so that outliers do not coarsen the rest.",
        "entropy" => "Entropy: keeps the range that loses the least information about the values' distribution.",
        "mse" => "MSE: keeps the range with the smallest mean squared rounding error.",
        _ => "Min-max: the range from the smallest to the largest value seen; nothing is cut off.",
    };
}
