using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Evaluation;

/// <summary>What each variant answered to each picture; entered from several threads, each picture by one.</summary>
internal sealed class EvaluationTally(IReadOnlyList<LabelledPicture> pictures, IReadOnlyList<Variant> variants)
{
    private readonly int[,] _answers = new int[pictures.Count, variants.Count];
    private readonly bool[,] _inTop5 = new bool[pictures.Count, variants.Count];
    private readonly string?[] _failures = new string?[variants.Count];

    public IReadOnlyList<LabelledPicture> Pictures => pictures;

    public IReadOnlyList<Variant> Variants => variants;

    /// <summary>The variants that stopped answering, and why.</summary>
    public IReadOnlyList<string> Problems =>
        [.. _failures.Select((failure, column) => failure is null ? null : $"{variants[column].Options.Id}: {failure}").OfType<string>()];

    /// <summary>Whether a variant has answered all pictures so far.</summary>
    public bool Answers(int column) => Volatile.Read(ref _failures[column]) is null;

    /// <summary>Enters an answer.</summary>
    public void Enter(int row, int column, Prediction[] best)
    {
        _answers[row, column] = best[0].ClassIndex;
        _inTop5[row, column] = Array.Exists(best, prediction => prediction.ClassIndex == pictures[row].ClassIndex);
    }

    /// <summary>Leaves a variant out from here on; the others are held against the first, so without that one there is no result.</summary>
    /// <exception cref="IOException">It was the first.</exception>
    public void Fail(int column, Exception error)
    {
        if (column == 0)
        {
            throw new IOException($"{variants[0].Options.Id}: {error.Message}", error);
        }
        Interlocked.CompareExchange(ref _failures[column], error.Message, null);
    }

    /// <summary>The accuracies of those that answered every picture, in the variants' order.</summary>
    /// <param name="hashes">Hash of each variant's file.</param>
    public IReadOnlyList<VariantAccuracy> Summarize(IReadOnlyList<string?> hashes) =>
        [.. Enumerable.Range(0, variants.Count).Where(Answers).Select(column => Summarize(column, hashes[column]))];

    private VariantAccuracy Summarize(int column, string? sha256)
    {
        int Count(Func<int, bool> counts) => Enumerable.Range(0, pictures.Count).Count(counts);
        double Share(int hits) => (double)hits / pictures.Count;
        var right = Count(row => _answers[row, column] == pictures[row].ClassIndex);
        var control = Count(row => _answers[row, 0] == pictures[row].ClassIndex);
        return new(
            variants[column].Options.Id, variants[column].Options.Precision, Share(right), WilsonInterval.Of(right, pictures.Count),
            Share(Count(row => _inTop5[row, column])), 100 * (Share(control) - Share(right)),
            Share(Count(row => _answers[row, column] == _answers[row, 0])), sha256);
    }
}
