using System.Globalization;

namespace LatencyLab.Inference.Optimization.AccuracyAware;

/// <summary>Says what a search came to, for people.</summary>
internal static class Conclusion
{
    public static string Of(AccuracyTrial chosen, int layers, double maxDropPoints, int pictures)
    {
        var text = chosen.FloatLayers.Count switch
        {
            0 => Text($"With every layer in INT8 the drop of {chosen.DropPoints:0.00} points is within the budget of {maxDropPoints:0.##}."),
            var all when all == layers => Text(
                $"No quantized candidate holds the budget of {maxDropPoints:0.##} points: every layer stays in float, and the drop is 0 by definition."),
            var some => Text(
                $"With {some} of {layers} layers in float the drop of {chosen.DropPoints:0.00} points is within the budget of {maxDropPoints:0.##}."),
        };
        var resolution = 100.0 / pictures;
        return maxDropPoints < resolution
            ? text + Text($" One of the {pictures} pictures is {resolution:0.00} points: the budget cannot be resolved and was held as no picture lost on balance.")
            : text;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
