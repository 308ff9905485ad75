using LatencyLab.Inference.Comparison;
using LatencyLab.Web.History.Kinds;

namespace LatencyLab.Web.History;

/// <summary>Two runs side by side.</summary>
/// <param name="A">The run that is held against.</param>
/// <param name="B">The other one: a verdict <c>faster</c> means that this one is.</param>
/// <param name="Differences">One entry a variant.</param>
/// <param name="Notes">What differs besides the figures, in sentences.</param>
public sealed record RunComparison(RunSummary A, RunSummary B, IReadOnlyList<SeriesDifference> Differences, IReadOnlyList<string> Notes)
{
    private const string Caution =
        "The intervals know the scatter within each run, not what changed between them: a verdict says that the runs differ, not why.";

    /// <summary>Holds two runs against each other.</summary>
    /// <exception cref="InvalidRunException">A payload is none of its kind.</exception>
    public static RunComparison Of(RunRecord a, RunRecord b, RunKinds kinds)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        // What one variant does under load, or layer by layer, may be held against what another one does.
        var acrossVariants = a.Kind == b.Kind && a.VariantIds.Count == 1 && b.VariantIds.Count == 1;
        return new RunComparison(
            a with { Payload = null }, b with { Payload = null }, SeriesComparer.Compare(SeriesOf(a, kinds), SeriesOf(b, kinds), acrossVariants), [.. NotesOn(a, b), .. NotesOfKind(a, b, kinds), Caution]);
    }

    private static IReadOnlyList<MeasuredSeries> SeriesOf(RunRecord run, RunKinds kinds) =>
        run.Payload is { } payload ? kinds.Find(run.Kind)?.Read(payload) ?? [] : [];

    private static IReadOnlyList<string> NotesOfKind(RunRecord a, RunRecord b, RunKinds kinds) =>
        a.Kind == b.Kind && a.Payload is { } left && b.Payload is { } right ? kinds.Find(a.Kind)?.NotesOn(left, right) ?? [] : [];

    private static IEnumerable<string> NotesOn(RunRecord a, RunRecord b)
    {
        if (a.Kind != b.Kind)
        {
            yield return $"The runs are of different kinds, {a.Kind} and {b.Kind}: they may time different things.";
        }
        if (a.Machine.Name() != b.Machine.Name())
        {
            yield return $"The machines differ: {a.Machine.Name()} and {b.Machine.Name()}.";
        }
        if (a.Machine.Version != b.Machine.Version)
        {
            yield return $"The versions differ: LatencyLab {a.Machine.Version} and {b.Machine.Version}.";
        }
        if (a.Machine.RuntimeVersion != b.Machine.RuntimeVersion)
        {
            yield return $"The inference runtimes differ: {a.Machine.RuntimeVersion} and {b.Machine.RuntimeVersion}.";
        }
        if (a.VariantIds is [var one] && b.VariantIds is [var other] && one != other)
        {
            yield return $"The variants differ: {one} and {other}.";
        }
        if (!a.ModelIds.Order().SequenceEqual(b.ModelIds.Order()))
        {
            yield return $"The models differ: {string.Join(", ", a.ModelIds)} and {string.Join(", ", b.ModelIds)}.";
        }
    }
}
