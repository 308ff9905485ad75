using System.Globalization;

namespace LatencyLab.Web.Components;

/// <summary>
/// Figures for people. The page's words are English, so its numbers are too, whatever the server's culture;
/// files use invariant numbers of their own. A thin space stands before each unit.
/// </summary>
public static class Figures
{
    private const char ThinSpace = '\u2009';
    private const char EnDash = '\u2013';
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>Three significant digits: 0.123, 1.23, 12.3, 123, 1,235.</summary>
    public static string Significant(double value)
    {
        var decimals = value == 0 ? 0 : Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 6);
        // Rounding may carry into another digit: 9.999 is 10.0, not 10.00.
        var rounded = Math.Round(value, decimals);
        decimals = rounded == 0 ? 0 : Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(rounded))), 0, 6);
        return rounded.ToString("N" + decimals, English);
    }

    /// <summary>The same number of decimals for every value of a column, so that its points stand under each other.</summary>
    /// <param name="value">The value.</param>
    /// <param name="largest">The column's largest value: it decides the number of decimals.</param>
    public static string Aligned(double value, double largest) =>
        value.ToString("N" + (largest switch { < 10 => 3, < 100 => 2, < 1_000 => 1, _ => 0 }).ToString(English), English);

    /// <summary>A duration in milliseconds.</summary>
    public static string Ms(double milliseconds) => $"{Significant(milliseconds)}{ThinSpace}ms";

    /// <summary>An interval in milliseconds.</summary>
    public static string MsInterval(double lower, double upper) => $"{Significant(lower)}{EnDash}{Significant(upper)}{ThinSpace}ms";

    /// <summary>A share of 1 in percent; tiny ones say so instead of claiming nothing.</summary>
    public static string Percent(double share) => share switch
    {
        > 0 and < 0.001 => $"<{ThinSpace}0.1{ThinSpace}%",
        _ => string.Create(English, $"{share * 100:0.0}{ThinSpace}%"),
    };

    /// <summary>A share of 1 in whole percent.</summary>
    public static string WholePercent(double share) =>
        share is > 0 and < 0.005 ? $"<{ThinSpace}1{ThinSpace}%" : string.Create(English, $"{share * 100:0}{ThinSpace}%");

    /// <summary>A ratio, with as many digits as tell it from 1.</summary>
    public static string Ratio(double ratio) => ratio.ToString(ratio switch { < 2 => "0.00", < 20 => "0.0", _ => "0" }, English) + "×";

    /// <summary>An interval of ratios.</summary>
    public static string RatioInterval(double lower, double upper) => $"{Ratio(lower).TrimEnd('×')}{EnDash}{Ratio(upper)}";

    /// <summary>A size in decimal units.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes}{ThinSpace}B",
        < 1_000_000 => $"{Significant(bytes / 1e3)}{ThinSpace}kB",
        _ => $"{Significant(bytes / 1e6)}{ThinSpace}MB",
    };

    /// <summary>A longer time in the unit that suits it: 0.4 s, 12 s, 3 min.</summary>
    public static string Span(double milliseconds) => milliseconds switch
    {
        < 9_950 => string.Create(English, $"{milliseconds / 1e3:0.0}{ThinSpace}s"),
        < 99_500 => string.Create(English, $"{milliseconds / 1e3:0}{ThinSpace}s"),
        _ => string.Create(English, $"{milliseconds / 60e3:0}{ThinSpace}min"),
    };

    /// <summary>A large count in thousands, millions or billions: 29.4 M.</summary>
    public static string Large(double count) => count switch
    {
        < 1e3 => count.ToString("N0", English),
        < 1e6 => $"{Significant(count / 1e3)}{ThinSpace}k",
        < 1e9 => $"{Significant(count / 1e6)}{ThinSpace}M",
        _ => $"{Significant(count / 1e9)}{ThinSpace}G",
    };

    /// <summary>An accuracy as a share of 1, in percent with two decimals: a tenth of a percent of 10,000 pictures is ten of them.</summary>
    public static string Accuracy(double share) => string.Create(English, $"{share * 100:0.00}{ThinSpace}%");

    /// <summary>A difference with its sign; a true minus, and none for nothing.</summary>
    public static string Signed(double value, string format = "0.00")
    {
        var size = Math.Abs(value).ToString(format, English);
        return size.AsSpan().IndexOfAnyInRange('1', '9') < 0 ? size : (value < 0 ? "\u2212" : "+") + size;
    }

    /// <summary>A whole number with group separators.</summary>
    public static string Count(long count) => count.ToString("N0", English);

    /// <summary>A count of something, in the right number: 1 round, 30 rounds.</summary>
    public static string Count(long count, string noun) => $"{Count(count)}{'\u00a0'}{noun}{(count == 1 ? "" : "s")}";
}
