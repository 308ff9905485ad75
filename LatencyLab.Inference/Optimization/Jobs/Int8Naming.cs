using System.Globalization;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.AccuracyAware;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>Names an INT8 variant by its method, and by every option that differs from what is done without it.</summary>
internal static class Int8Naming
{
    private const int MaxNamedLayers = 6;

    /// <param name="options">How it was quantized.</param>
    /// <param name="report">What came out.</param>
    /// <param name="budget">How the budget was held; null where there was none.</param>
    public static VariantName Of(QuantizationOptions options, QuantizationReport report, AccuracyAwareReport? budget)
    {
        List<(string Short, string Long)> parts = [];
        if (options.Activations != ActivationType.U8)
        {
            parts.Add((report.Activations, "signed activations"));
        }
        if (report.WeightRange == WeightRange.SevenBit)
        {
            // Where the processor needs them, they are nothing to tell variants apart by.
            parts.Add((CpuCapabilities.Current.NeedsSevenBitWeights ? "" : "7-bit", "7-bit weights"));
        }
        if (options.Equalize)
        {
            parts.Add(("equalized", "weights of neighbouring layers equalized"));
        }
        if (budget is not null)
        {
            parts.Add((
                Text($"within {budget.MaxDropPoints}"),
                Text($"{Layers(budget.FloatLayers)} left in float to lose {budget.MaxDropPoints} points of agreement at most")));
        }
        else if (options.KeepInFloat.Count > 0)
        {
            parts.Add((Text($"{options.KeepInFloat.Count} in float"), $"{Layers([.. options.KeepInFloat.Order(StringComparer.Ordinal)])} left in float"));
        }
        string[] shown = [.. parts.Select(part => part.Short).Where(part => part.Length > 0)];
        return new VariantName(
            string.Join('-', [Precisions.Int8, Slug(report.CalibrationMethod), .. shown.Select(Slug)]),
            string.Join(", ", [$"INT8 {report.CalibrationMethod}", .. shown]),
            Text($"Made here: statically quantized to 8-bit integers, {report.CalibrationMethod} calibration on {report.CalibrationPictures:N0} pictures, ")
            + string.Concat(parts.Select(part => part.Long + ", ")) + "one CPU thread.");
    }

    private static string Layers(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "no layer",
        1 => names[0],
        <= MaxNamedLayers => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}",
        _ => Text($"{string.Join(", ", names.Take(MaxNamedLayers))} and {names.Count - MaxNamedLayers} other layers"),
    };

    // A method's name may carry a number with a point.
    private static string Slug(string name) => string.Concat(name.ToLowerInvariant().Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-'));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
