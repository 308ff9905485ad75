using System.Globalization;

namespace LatencyLab.Inference.Comparison.Claims;

/// <summary>The words of a claim; the same on the page, in the API and in what is copied.</summary>
public static class ClaimText
{
    private const string Minus = "\u2212";

    /// <summary>One sentence without a full stop.</summary>
    public static string Headline(Claim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return claim.Evidence == Evidence.None
            ? $"No evidence that {claim.Title} is faster or slower than {claim.ControlTitle}"
            : $"{claim.Title} is {ClaimRatio.Of(claim.Speedup).Text} {Direction(claim)} than {claim.ControlTitle}";
    }

    /// <summary>All in one line: <c>INT8 2.4× ± 0.1 faster (total), −0.2 pt, n = 1,320, 2 vCPU VNNI</c>.</summary>
    public static string Line(Claim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var ratio = ClaimRatio.Of(claim.Speedup);
        var speed = claim.Evidence == Evidence.None
            ? $"{claim.Title}: no evidence of a difference from {claim.ControlTitle} ({MeasureName(claim)}, {Interval(claim)})"
            : $"{claim.Title} {ratio.Text} {Direction(claim)} ({MeasureName(claim)})";
        return string.Join(", ", new[] { speed, Accuracy(claim), Samples(claim), Race(claim), MachineStamp.Short(claim), Busy(claim) }.OfType<string>());
    }

    /// <summary><c>faster</c> or <c>slower</c>; empty without evidence.</summary>
    public static string Direction(Claim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return claim.Evidence switch { Evidence.Faster => "faster", Evidence.Slower => "slower", _ => "" };
    }

    /// <summary>The 95 % interval, turned over like the ratio: <c>95 % 2.31 to 2.50× faster</c>, or <c>95 % 0.97 to 1.04×</c> without evidence.</summary>
    public static string Interval(Claim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return claim.Evidence == Evidence.None
            ? $"95 % {new ClaimRatio(claim.Speedup.Value, claim.Speedup.Ci95[0], claim.Speedup.Ci95[1]).IntervalText}×"
            : $"95 % {ClaimRatio.Of(claim.Speedup).IntervalText}× {Direction(claim)}";
    }

    /// <summary>What was timed, in a word.</summary>
    public static string MeasureName(Claim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return claim.Measure == ClaimMeasure.Total ? "total" : "inference";
    }

    /// <summary>What was timed, for those who were not there.</summary>
    public static string MeasureMeaning(Claim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return claim.Measure == ClaimMeasure.Total ? "total time, from the picture's bytes to predictions" : "inference alone, the model without preparing the picture";
    }

    /// <summary>The accuracy difference, else whether the answers agree; null where neither is known.</summary>
    public static string? Accuracy(Claim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return claim switch
        {
            { Accuracy: { } known } => Points(known),
            { SameWeights: true, AgreesWithControl: not false } => "same weights",
            { AgreesWithControl: true } => $"same answer as {claim.ControlTitle}",
            { AgreesWithControl: false } => $"another answer than {claim.ControlTitle}",
            _ => null,
        };
    }

    /// <summary>Where the accuracy comes from, for people; null where there is none.</summary>
    public static string? AccuracySource(Claim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return claim.Accuracy switch
        {
            { Pictures: { } pictures } known => $"top-1 on {known.Data}, {Count(pictures)} pictures, by the model card",
            { } known => $"top-1 on {known.Data}, by the model card",
            null when claim.SameWeights && claim.AgreesWithControl != false => claim.AgreesWithControl is null ? null : "same answer on the picture",
            null when claim.AgreesWithControl is not null => "on this one picture; accuracy was not measured",
            _ => null,
        };
    }

    /// <summary><c>n = 1,320</c></summary>
    public static string Samples(Claim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return $"n = {Count(claim.Samples)}";
    }

    /// <summary>A difference in percentage points with as many decimals as the pictures resolve: one of 10,000 is 0.01 pt.</summary>
    public static string Points(AccuracyDifference difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        var decimals = difference.Pictures switch { >= 10_000 => 2, >= 1_000 or null => 1, _ => 0 };
        var size = Math.Abs(difference.Points).ToString($"F{decimals}", CultureInfo.InvariantCulture);
        var sign = size.AsSpan().IndexOfAnyInRange('1', '9') < 0 ? "±" : difference.Points < 0 ? Minus : "+";
        return $"{sign}{size} pt";
    }

    private static string? Race(Claim claim) => claim.Mode == ComparisonMode.Race ? "in a race" : null;

    // As many processes that want the processor as there are processors: whatever was measured, it shared them.
    private static string? Busy(Claim claim) => claim.Environment.Load1 > claim.Environment.LogicalCores ? "busy machine" : null;

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
