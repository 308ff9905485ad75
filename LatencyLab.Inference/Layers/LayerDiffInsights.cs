using System.Globalization;
using LatencyLab.Inference.Comparison;

namespace LatencyLab.Inference.Layers;

/// <summary>Says in words why one variant is as much faster than the other, and no more.</summary>
internal static class LayerDiffInsights
{
    private const double WorthSaying = 0.02;

    public static IReadOnlyList<Insight> Draw(LayerDiff diff) =>
        [.. new[] { Amdahl(diff), Added(diff), InFloat(diff.Right), Ceiling(diff), Overhead(diff) }.OfType<Insight>()];

    /// <summary>The operator that takes most of the left side's time, against all the rest.</summary>
    private static Insight? Amdahl(LayerDiff diff)
    {
        if (diff.ByOperator is not [{ Ratio: { } ratio } main, ..])
        {
            return null;
        }
        var (restLeft, restRight) = (diff.Left.LayersMs - main.LeftMs, diff.Right.LayersMs - main.RightMs);
        var rest = restLeft > 0 && restRight > 0
            ? Text($"; everything else together {restLeft / restRight:0.0}×, from {Share(restLeft, diff.Left)} to {Share(restRight, diff.Right)} of the time")
            : "";
        return new("amdahl", Text(
            $"The layers of {diff.Right.VariantId} are {diff.Left.LayersMs / diff.Right.LayersMs:0.0}× as fast as those of {diff.Left.VariantId}: {main.OperatorType} {ratio:0.0}×{rest}."));
    }

    /// <summary>Work that only the right side has.</summary>
    private static Insight? Added(LayerDiff diff)
    {
        var added = diff.UnmatchedRight.Sum(layer => layer.P50Ms);
        return added < WorthSaying * diff.Right.LayersMs ? null : new("added", Text(
            $"{diff.Right.VariantId} spends {added:0.000} ms ({Share(added, diff.Right)}) on {diff.UnmatchedRight.Count} layers that {diff.Left.VariantId} does not have: {string.Join(", ", diff.UnmatchedRight.Select(layer => layer.OperatorType).Distinct())}."));
    }

    /// <summary>What an INT8 variant still does in float.</summary>
    private static Insight? InFloat(LayerProfile profile)
    {
        var inFloat = profile.Layers.Where(layer => !layer.RunsInInt8).ToArray();
        if (inFloat.Length == 0 || inFloat.Length == profile.Layers.Count)
        {
            return null;
        }
        return new("in-float", Text(
            $"{profile.VariantId} runs {profile.Layers.Count - inFloat.Length} of {profile.Layers.Count} layers in INT8; the others take {Share(inFloat.Sum(layer => layer.P50Ms), profile)} of its time."));
    }

    /// <summary>How near to the arithmetic peak both sides come: an INT8 peak that is not reached is speed that is not had.</summary>
    private static Insight? Ceiling(LayerDiff diff)
    {
        if (diff.Right.Peak is not { } peak || !diff.Right.Layers.Any(layer => layer.RunsInInt8) || diff.Left.Layers.Any(layer => layer.RunsInInt8))
        {
            return null;
        }
        var (left, right) = (Rate(diff.Left) / peak.Fp32GigaMultiplyAddsPerSecond, Rate(diff.Right) / peak.Int8GigaMultiplyAddsPerSecond);
        return left > 0 && right > 0 ? new("ceiling", Text(
            $"This machine's INT8 peak is {peak.Int8GigaMultiplyAddsPerSecond / peak.Fp32GigaMultiplyAddsPerSecond:0.0}× its FP32 peak. Convolutions and matrix products reach {left:P0} of the FP32 peak in {diff.Left.VariantId} and {right:P0} of the INT8 peak in {diff.Right.VariantId}.")) : null;
    }

    /// <summary>Time outside of layers, which no faster layer removes.</summary>
    private static Insight? Overhead(LayerDiff diff)
    {
        var outside = diff.Right.InferenceP50Ms - diff.Right.LayersMs;
        return outside < WorthSaying * diff.Right.InferenceP50Ms ? null : new("overhead", Text(
            $"{outside:0.000} ms of the {diff.Right.InferenceP50Ms:0.000} ms of {diff.Right.VariantId} pass between the layers."));
    }

    private static double Rate(LayerProfile profile)
    {
        var counted = profile.Layers.Where(layer => layer is { MultiplyAdds: > 0, P50Ms: > 0 }).ToArray();
        return counted.Length == 0 ? 0 : counted.Sum(layer => layer.MultiplyAdds!.Value) / counted.Sum(layer => layer.P50Ms) / 1e6;
    }

    private static string Share(double ms, LayerProfile profile) => Text($"{100 * ms / profile.LayersMs:0} %");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
