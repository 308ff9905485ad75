using System.Text.Json;
using LatencyLab.Inference.Comparison;

namespace LatencyLab.Web.History.Kinds;

/// <summary>A kind of run. A new experiment registers one, usually a <see cref="RunKind{T}"/>.</summary>
public interface IRunKind
{
    /// <summary>Stable name for programs.</summary>
    string Id { get; }

    /// <summary>Name for people.</summary>
    string Title { get; }

    /// <summary>What of a payload can be held against another run; also the check that the payload is one of this kind.</summary>
    /// <exception cref="InvalidRunException">The payload is none of this kind.</exception>
    IReadOnlyList<MeasuredSeries> Read(JsonElement payload);

    /// <summary>What differs between two runs of this kind besides their figures, in sentences.</summary>
    /// <exception cref="InvalidRunException">A payload is none of this kind.</exception>
    IReadOnlyList<string> NotesOn(JsonElement a, JsonElement b) => [];

    /// <summary>Page that shows a run of this kind, relative to the site's address; by default the history's own.</summary>
    string AddressOf(string id) => $"history/{Uri.EscapeDataString(id)}";
}

/// <summary>A run from elsewhere breaks its contract.</summary>
public sealed class InvalidRunException(string message, Exception? inner = null) : Exception(message, inner);
