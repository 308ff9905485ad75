using LatencyLab.Inference.Comparison;

namespace LatencyLab.Web.Components.Results;

/// <summary>The answer to the page's question in one sentence, and what it rests on in another.</summary>
/// <param name="Headline">Which variant is faster, and by how much.</param>
/// <param name="Basis">Times, answers, rounds.</param>
public sealed record Verdict(string Headline, string Basis)
{
    /// <summary>Draws the verdict of a finished comparison.</summary>
    public static Verdict Of(ComparisonResult result)
    {
        var answered = result.Variants.Where(variant => variant.Total is not null).ToArray();
        if (answered.Length == 0)
        {
            return new Verdict("No variant answered", "Each card says why.");
        }

        var fastest = answered.MinBy(variant => variant.Total!.P50Ms)!;
        var control = answered.FirstOrDefault(variant => variant.Id == ControlId);
        return new Verdict(HeadlineOf(fastest, control), BasisOf(result, fastest, control));
    }

    // Design: the control is the model as exported, and what speedups are measured against.
    private const string ControlId = "control";

    private static string HeadlineOf(VariantResult fastest, VariantResult? control)
    {
        if (control is null)
        {
            return $"{fastest.Title} answers in {Figures.Ms(fastest.Total!.P50Ms)}";
        }
        if (fastest.Speedup is not { } speedup || !SpeedupText.IsClear(speedup))
        {
            return control == fastest ? $"Nothing is faster than {control.Title}" : $"No variant is clearly faster than {control.Title}";
        }
        return $"{fastest.Title} is {SpeedupText.Value(speedup)} faster than {control.Title}";
    }

    private static string BasisOf(ComparisonResult result, VariantResult fastest, VariantResult? control)
    {
        var times = control is not null && control != fastest
            ? $"{Figures.Ms(fastest.Total!.P50Ms)} instead of {Figures.Ms(control.Total!.P50Ms)}"
            : $"{Figures.Ms(fastest.Total!.P50Ms)} median";
        var answer = (fastest.Predictions, control?.Predictions) switch
        {
            ([var own, ..], [var reference, ..]) when own.ClassIndex != reference.ClassIndex => $"but it says {own.Label}, not {reference.Label}",
            ([var own, ..], _) when fastest != control && control is not null => $"same answer, {own.Label}",
            ([var own, ..], _) => own.Label,
            _ => "no answer",
        };
        var rounds = result.Mode == ComparisonMode.Race
            ? $"{Figures.Count(result.Rounds, "round")}, all at once"
            : $"{Figures.Count(result.Rounds, "interleaved round")}";
        return string.Join("\u2002·\u2002", times, answer, rounds);
    }
}
