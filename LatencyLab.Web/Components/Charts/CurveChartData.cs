namespace LatencyLab.Web.Components.Charts;

/// <summary>What the script of a chart with curves gets. Both axes run from 0 to 1 here. Texts are plain: the script writes them as text, never as markup.</summary>
public sealed record CurveChartData
{
    /// <summary>Title of the horizontal axis.</summary>
    public required string XTitle { get; init; }

    /// <summary>Title of the vertical axis; stands above the chart, where a phone has room for it.</summary>
    public required string YTitle { get; init; }

    /// <summary>Round values on the horizontal axis.</summary>
    public required IReadOnlyList<AxisTick> XTicks { get; init; }

    /// <summary>Round values on the vertical axis.</summary>
    public required IReadOnlyList<AxisTick> YTicks { get; init; }

    /// <summary>The curves.</summary>
    public required IReadOnlyList<CurveSeries> Series { get; init; }
}

/// <summary>One curve.</summary>
/// <param name="Name">For people.</param>
/// <param name="Color">From 0: names its colour, the token <c>--series-{n}</c>.</param>
/// <param name="Style">How it is drawn.</param>
/// <param name="Points">Its points from the left.</param>
public sealed record CurveSeries(string Name, int Color, CurveStyle Style, IReadOnlyList<CurvePoint> Points);

/// <summary>How a curve is drawn.</summary>
public enum CurveStyle
{
    /// <summary>A line.</summary>
    Line,

    /// <summary>A line with a mark at each point.</summary>
    Marked,

    /// <summary>Marks alone.</summary>
    Marks,

    /// <summary>A dashed line: computed, not measured.</summary>
    Dashed,
}

/// <summary>A point of a curve.</summary>
/// <param name="X">Place on the horizontal axis, 0 to 1.</param>
/// <param name="Y">Place on the vertical axis, 0 to 1.</param>
/// <param name="Text">What its tooltip says under the curve's name.</param>
public sealed record CurvePoint(double X, double Y, string Text);
