namespace LatencyLab.Web.Components.Controls;

/// <summary>What went wrong, in the terms of problem+json.</summary>
/// <param name="Title">What happened.</param>
/// <param name="Detail">Why, and what to do about it.</param>
/// <param name="Type">Stable name of the reason.</param>
public sealed record Problem(string Title, string? Detail = null, string? Type = null);
