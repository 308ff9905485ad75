using System.Text.Json;
using LatencyLab.Inference.Comparison;

namespace LatencyLab.Web.History.Kinds;

/// <summary>A kind of run whose result is a record of the contracts.</summary>
/// <typeparam name="T">The record.</typeparam>
public abstract class RunKind<T>(string id, string title) : IRunKind
    where T : class
{
    /// <inheritdoc/>
    public string Id { get; } = id;

    /// <inheritdoc/>
    public string Title { get; } = title;

    /// <inheritdoc/>
    public virtual string AddressOf(string id) => $"history/{Uri.EscapeDataString(id)}";

    /// <summary>What the list says of a result.</summary>
    public abstract RunDescription Describe(T result);

    /// <summary>What of a result can be held against another run; empty where nothing can.</summary>
    public abstract IReadOnlyList<MeasuredSeries> SeriesOf(T result);

    /// <summary>What differs between two results besides their figures, in sentences; nothing by default.</summary>
    protected virtual IReadOnlyList<string> NotesOn(T a, T b) => [];

    /// <summary>What is wrong with a result from elsewhere that the record's shape cannot tell; null when nothing is.</summary>
    protected virtual string? ProblemOf(T result) => null;

    /// <summary>The result in a payload.</summary>
    /// <exception cref="InvalidRunException">The payload is none of this kind.</exception>
    public T Parse(JsonElement payload)
    {
        try
        {
            var result = payload.Deserialize<T>(HistoryJson.Strict) ?? throw new InvalidRunException("the payload is null");
            return ProblemOf(result) is { } problem ? throw new InvalidRunException(problem) : result;
        }
        catch (JsonException error)
        {
            throw new InvalidRunException($"the payload is no {Title.ToLowerInvariant()}: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> NotesOn(JsonElement a, JsonElement b) => NotesOn(Parse(a), Parse(b));

    /// <inheritdoc/>
    public IReadOnlyList<MeasuredSeries> Read(JsonElement payload) => SeriesOf(Parse(payload));
}
