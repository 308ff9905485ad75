namespace LatencyLab.Web.Components.Charts;

/// <summary>What the chart's script gets. Texts are plain: the script writes them as text, never as markup.</summary>
public sealed record StackedBarData
{
    /// <summary>Heading of an exported picture.</summary>
    public required string Title { get; init; }

    /// <summary>Second line of an exported picture.</summary>
    public required string Subtitle { get; init; }

    /// <summary>Last line of an exported picture: what the numbers were measured on.</summary>
    public required string Footer { get; init; }

    /// <summary>Unit of every value.</summary>
    public required string Unit { get; init; }

    /// <summary>Title of the axis.</summary>
    public required string AxisTitle { get; init; }

    /// <summary>One a bar, from the top.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>One a colour, from the left.</summary>
    public required IReadOnlyList<StackedBarSeries> Series { get; init; }

    /// <summary>Whether the chart must not move, because more data are about to come.</summary>
    public bool Still { get; init; }
}

/// <summary>One colour of a stacked bar chart.</summary>
/// <param name="Key">Names the colour: the script takes it from the token <c>--stage-{key}</c>.</param>
/// <param name="Name">For people.</param>
/// <param name="Values">One a bar.</param>
public sealed record StackedBarSeries(string Key, string Name, IReadOnlyList<double> Values);
