namespace LatencyLab.Web.Components.Controls;

/// <summary>One option of a segmented control.</summary>
/// <param name="Value">What it stands for.</param>
/// <param name="Text">What it says.</param>
public sealed record Segment<TValue>(TValue Value, string Text);
