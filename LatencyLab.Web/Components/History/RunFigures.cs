using System.Globalization;
using LatencyLab.Inference.Comparison;
using LatencyLab.Web.History;

namespace LatencyLab.Web.Components.History;

/// <summary>What the history's pages say of runs.</summary>
public static class RunFigures
{
    /// <summary>A figure of the list with its unit.</summary>
    public static string Of(HeadlineFigure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return figure.Unit switch
        {
            "ms" => Figures.Ms(figure.Value),
            "×" => Figures.Ratio(figure.Value),
            "bytes" => Figures.Bytes((long)figure.Value),
            "" => Figures.Count((long)figure.Value),
            var unit => $"{Figures.Significant(figure.Value)}\u2009{unit}",
        };
    }

    /// <summary>A moment, UTC, to the minute.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>How far a run got, in a word.</summary>
    public static string Of(RunStatus status) => status switch
    {
        RunStatus.Running => "Running",
        RunStatus.Completed => "Completed",
        RunStatus.Interrupted => "Interrupted",
        _ => "Failed",
    };

    /// <summary>A verdict on the second of two runs.</summary>
    public static string Of(Evidence evidence) => evidence switch
    {
        Evidence.Faster => "Faster",
        Evidence.Slower => "Slower",
        _ => "No evidence",
    };

    /// <summary>What is compared: the percentile and what was timed.</summary>
    public static string MeasureOf(SeriesDifference difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        var percentile = (difference.Left ?? difference.Right)?.Percentile ?? 0.5;
        return string.Create(CultureInfo.InvariantCulture, $"{(percentile == 0.5 ? "median" : $"p{100 * percentile:0.##}")}, {difference.Measure}");
    }

    /// <summary>How a verdict was found.</summary>
    public static string Of(EvidenceRule rule) => rule switch
    {
        EvidenceRule.BootstrapRatio => "Bootstrap of the ratio of medians",
        EvidenceRule.IntervalsDisjoint => "Intervals of the percentiles",
        _ => "",
    };
}
