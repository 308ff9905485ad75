using System.Globalization;
using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Comparison.Claims;

namespace LatencyLab.Web.Components.Claims;

/// <summary>What <c>js/claim-card.js</c> draws: words from here, layout there.</summary>
public sealed record ClaimCardData
{
    /// <summary>Name of the variant, over the figure.</summary>
    public required string Subject { get; init; }

    /// <summary>The figure in large type.</summary>
    public required string Figure { get; init; }

    /// <summary>What follows it in smaller type; may be empty.</summary>
    public required string Margin { get; init; }

    /// <summary>What the figure means.</summary>
    public required string Meaning { get; init; }

    /// <summary><c>faster</c>, <c>slower</c>, or <c>none</c>: decides the colour.</summary>
    public required string Direction { get; init; }

    /// <summary>Speedup and both ends of its interval, not turned over, for the drawing.</summary>
    public required double[] Interval { get; init; }

    /// <summary>The interval in words.</summary>
    public required string IntervalText { get; init; }

    /// <summary>What the control is called in the drawing.</summary>
    public required string Control { get; init; }

    /// <summary>Name, value and a note, side by side.</summary>
    public required IReadOnlyList<ClaimFact> Facts { get; init; }

    /// <summary>The environment stamp.</summary>
    public required string Footer { get; init; }

    /// <summary><c>light</c> or <c>dark</c>.</summary>
    public required string Theme { get; init; }

    /// <summary>The card of a claim.</summary>
    public static ClaimCardData Of(Claim claim, string theme)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var (figure, margin) = Large(claim);
        return new ClaimCardData
        {
            Subject = claim.Title,
            Figure = figure,
            Margin = margin,
            Meaning = claim.Evidence == Evidence.None
                ? $"between {claim.Title} and {claim.ControlTitle} in {ClaimText.MeasureMeaning(claim)}"
                : $"{claim.Title} is {ClaimText.Direction(claim)} than {claim.ControlTitle} in {ClaimText.MeasureMeaning(claim)}",
            Direction = claim.Evidence switch { Evidence.Faster => "faster", Evidence.Slower => "slower", _ => "none" },
            Interval = [claim.Speedup.Value, .. claim.Speedup.Ci95],
            IntervalText = ClaimText.Interval(claim),
            Control = claim.ControlTitle,
            Facts = [.. FactsOf(claim)],
            Footer = string.Join(" · ", MachineStamp.Full(claim)),
            Theme = theme,
        };
    }

    private static (string Figure, string Margin) Large(Claim claim)
    {
        if (claim.Evidence == Evidence.None)
        {
            return ("No evidence", "of a difference");
        }
        var text = ClaimRatio.Of(claim.Speedup).Text.Split(' ', 2);
        return (text[0], text[1]);
    }

    private static IEnumerable<ClaimFact> FactsOf(Claim claim)
    {
        if (claim is { MedianMs: { } own, ControlMedianMs: { } control })
        {
            yield return new("Median", Figures.Ms(own), $"{claim.ControlTitle} {Figures.Ms(control)}");
        }
        if (ClaimText.Accuracy(claim) is { } accuracy)
        {
            yield return new("Accuracy", accuracy, ClaimText.AccuracySource(claim) ?? "");
        }
        yield return new("Samples", ClaimText.Samples(claim), claim.Mode == ComparisonMode.Race ? "rounds, all at once: not to be quoted" : "rounds, taking turns");
        yield return new("Machine", MachineStamp.Short(claim), string.Create(CultureInfo.InvariantCulture, $"{claim.ModelId}, {claim.Precision.ToUpperInvariant()}, {claim.Provider}, {Figures.Count(claim.Threads, "thread")}"));
    }
}

/// <summary>A fact on a claim card.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">The figure.</param>
/// <param name="Note">What it rests on.</param>
public sealed record ClaimFact(string Name, string Value, string Note);
