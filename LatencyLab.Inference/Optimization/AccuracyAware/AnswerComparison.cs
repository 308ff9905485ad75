using System.Numerics.Tensors;
using LatencyLab.Inference.Optimization.Sensitivity;

namespace LatencyLab.Inference.Optimization.AccuracyAware;

/// <summary>Holds a candidate's answers against the float model's: by the pictures' labels where they are known, else by agreement.</summary>
internal sealed class AnswerComparison
{
    private readonly int[] _float;
    private readonly IReadOnlyList<int>? _classes;

    public AnswerComparison(Logits reference, IReadOnlyList<int>? classes)
    {
        _float = Best(reference);
        _classes = classes;
    }

    /// <summary><c>top1</c> or <c>agreement</c>.</summary>
    public string Measure => _classes is null ? "agreement" : "top1";

    /// <summary>The float model's accuracy, 0 to 1; null without labels.</summary>
    public double? FloatTop1 => _classes is null ? null : (double)_float.Where((best, i) => best == _classes[i]).Count() / _float.Length;

    public PairedDrop Against(Logits candidate)
    {
        var best = Best(candidate);
        if (_classes is null)
        {
            return new PairedDrop(best.Length, best.Where((answer, i) => answer != _float[i]).Count(), Gained: null);
        }

        return new PairedDrop(
            best.Length,
            Lost: best.Where((answer, i) => _float[i] == _classes[i] && answer != _classes[i]).Count(),
            Gained: best.Where((answer, i) => _float[i] != _classes[i] && answer == _classes[i]).Count());
    }

    private static int[] Best(Logits logits) => [.. Enumerable.Range(0, logits.Count).Select(i => TensorPrimitives.IndexOfMax(logits[i]))];
}
