using System.Text.Json;
using LatencyLab.Inference.Comparison;

namespace LatencyLab.Web.History.Kinds;

/// <summary>A kind that is kept, listed and handed on without a look inside.</summary>
internal sealed class OpaqueRunKind(string id, string title) : IRunKind
{
    public string Id { get; } = id;

    public string Title { get; } = title;

    public IReadOnlyList<MeasuredSeries> Read(JsonElement payload) =>
        payload.ValueKind == JsonValueKind.Object ? [] : throw new InvalidRunException("the payload is no JSON object");
}
