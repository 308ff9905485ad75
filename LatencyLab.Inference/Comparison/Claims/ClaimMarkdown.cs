using System.Globalization;
using System.Text;

namespace LatencyLab.Inference.Comparison.Claims;

/// <summary>A claim with its basis, for a README, an issue or a report.</summary>
internal static class ClaimMarkdown
{
    public static string Of(Claim claim)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"**{Escape(claim.Headline)}**\n\n");
        Line(text, "Measured", $"{ClaimText.MeasureMeaning(claim)}; ratio of medians over paired rounds, {ClaimText.Interval(claim)}");
        if (claim is { MedianMs: { } own, ControlMedianMs: { } control })
        {
            Line(text, "Medians", string.Create(CultureInfo.InvariantCulture, $"{own:G3} ms, {claim.ControlTitle} {control:G3} ms"));
        }
        if (ClaimText.Accuracy(claim) is { } accuracy)
        {
            Line(text, "Accuracy", ClaimText.AccuracySource(claim) is { } source ? $"{accuracy} ({source})" : accuracy);
        }
        Line(text, "Samples", $"{ClaimText.Samples(claim)} rounds, {(claim.Mode == ComparisonMode.Race ? "all variants at once, so that they compete for the cores" : "variants taking turns")}");
        Line(text, "Model", $"{claim.ModelId}, {claim.Precision}, {claim.Provider}, {claim.Threads} thread{(claim.Threads == 1 ? "" : "s")}");
        Line(text, "Machine", string.Join(", ", MachineStamp.Full(claim)));
        return text.ToString();
    }

    private static void Line(StringBuilder text, string name, string value) => text.Append(CultureInfo.InvariantCulture, $"- {name}: {Escape(value)}\n");

    // Names come from configuration and model cards.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character is '*' or '_' or '`' or '[' or ']' or '<' or '>' or '|' or '\\' or '#')
            {
                escaped.Append('\\');
            }
            escaped.Append(character is '\n' or '\r' ? ' ' : character);
        }
        return escaped.ToString();
    }
}
