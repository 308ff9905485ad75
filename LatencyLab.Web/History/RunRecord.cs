using System.Text.Json;

namespace LatencyLab.Web.History;

/// <summary>One run with all that was measured; what export writes and import reads.</summary>
public sealed record RunRecord : RunSummary
{
    /// <summary>The result as the kind's contract defines it; null for a run that has none.</summary>
    public JsonElement? Payload { get; init; }
}
