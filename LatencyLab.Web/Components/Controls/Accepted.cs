namespace LatencyLab.Web.Components.Controls;

/// <summary>What the server made of a form.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Notes">What was assumed or changed; sentences for people.</param>
public sealed record Accepted(string Id, IReadOnlyList<string> Notes);
