namespace LatencyLab.Web.Components.Charts;

/// <summary>What the frontier chart's script gets. Texts are plain: the script writes them as text, never as markup.</summary>
public sealed record FrontierChartData
{
    /// <summary>Title of the horizontal axis, which is logarithmic and runs from 0 to 1 here.</summary>
    public required string XTitle { get; init; }

    /// <summary>Title of the vertical axis.</summary>
    public required string YTitle { get; init; }

    /// <summary>Round values on the horizontal axis.</summary>
    public required IReadOnlyList<AxisTick> XTicks { get; init; }

    /// <summary>Lower end of the vertical axis, in percent.</summary>
    public required double YMin { get; init; }

    /// <summary>Upper end of the vertical axis, in percent.</summary>
    public required double YMax { get; init; }

    /// <summary>The configurations.</summary>
    public required IReadOnlyList<FrontierPoint> Points { get; init; }
}

/// <summary>A round value on an axis.</summary>
/// <param name="At">Place, 0 to 1.</param>
/// <param name="Text">What it says.</param>
public sealed record AxisTick(double At, string Text);

/// <summary>One configuration in the chart.</summary>
/// <param name="Name">For people.</param>
/// <param name="Precision">Names its colour and shape.</param>
/// <param name="X">Place on the logarithmic axis, 0 to 1.</param>
/// <param name="Y">Accuracy in percent.</param>
/// <param name="RadiusPx">Radius that makes the circle's area follow the file's size.</param>
/// <param name="OnFrontier">Whether no other configuration is better in both.</param>
/// <param name="Lines">What its tooltip says under its name.</param>
public sealed record FrontierPoint(string Name, string Precision, double X, double Y, double RadiusPx, bool OnFrontier, IReadOnlyList<string> Lines);
