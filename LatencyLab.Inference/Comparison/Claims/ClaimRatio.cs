using System.Globalization;
using LatencyLab.Inference.Measurement;

namespace LatencyLab.Inference.Comparison.Claims;

/// <summary>A speedup as people say it: a slowdown is turned over, so that the ratio is 1 or more.</summary>
/// <param name="Value">The ratio.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
public sealed record ClaimRatio(double Value, double Low, double High)
{
    /// <summary>Ends this unequal are not told by one figure.</summary>
    private const double MostSkew = 1.5;

    private const int MostDecimals = 2;

    /// <summary>Turns a slowdown over.</summary>
    public static ClaimRatio Of(Speedup speedup)
    {
        ArgumentNullException.ThrowIfNull(speedup);
        return speedup.Value < 1
            ? new ClaimRatio(1 / speedup.Value, 1 / speedup.Ci95[1], 1 / speedup.Ci95[0])
            : new ClaimRatio(speedup.Value, speedup.Ci95[0], speedup.Ci95[1]);
    }

    /// <summary>
    /// The ratio with its margin, for instance <c>2.4× ± 0.1</c>: the margin is the longer arm of the interval, rounded up to one
    /// digit, and the ratio has as many decimals. Where one margin would mislead, because the arms differ much or because it would
    /// reach 1 though the interval does not, the interval stands instead: <c>1.3× (1.02 to 1.71)</c>.
    /// </summary>
    public string Text
    {
        get
        {
            var (margin, decimals) = Margin;
            var value = Math.Round(Value, decimals);
            var (shorter, longer) = (Math.Min(Value - Low, High - Value), Math.Max(Value - Low, High - Value));
            // A margin of one unit in the last digit is as good as it gets, however unequal the arms within it.
            var skewed = longer > MostSkew * Math.Max(shorter, 0) && margin > 1.5 * Math.Pow(10, -decimals);
            return skewed || (Low > 1 && value - margin <= 1)
                ? string.Create(CultureInfo.InvariantCulture, $"{ValueText}× ({IntervalText})")
                : $"{ValueText}× ± {margin.ToString($"F{decimals}", CultureInfo.InvariantCulture)}";
        }
    }

    /// <summary>The ratio alone, as precise as its margin allows.</summary>
    public string ValueText => Value.ToString($"F{Math.Max(Margin.Decimals, Value < 2 ? 1 : 0)}", CultureInfo.InvariantCulture);

    /// <summary>The interval, in digits that keep it on its side of 1.</summary>
    public string IntervalText => $"{Number(Low)} to {Number(High)}";

    /// <summary>The longer arm, rounded up to one digit, and the decimals which that digit needs.</summary>
    private (double Margin, int Decimals) Margin
    {
        get
        {
            var longer = Math.Max(Value - Low, High - Value);
            for (var decimals = 0; ; decimals++)
            {
                var unit = Math.Pow(10, -decimals);
                if (longer >= unit * (1 - 1e-9) || decimals == MostDecimals)
                {
                    // What is 0.1 but for the last bits of its binary form is 0.1, not 0.2.
                    return (Math.Max(unit, Math.Ceiling((longer / unit) - 1e-9) * unit), decimals);
                }
            }
        }
    }

    // Rounded, 1.002 would be 1.00: an end that is not 1 never reads as 1.
    private static string Number(double end)
    {
        var decimals = end < 10 ? 2 : 1;
        while (decimals < 6 && end != 1 && Math.Round(end, decimals) == 1)
        {
            decimals++;
        }
        return end.ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }
}
