using System.Numerics.Tensors;
using LatencyLab.Inference.Measurement;

namespace LatencyLab.Inference.Optimization.Sensitivity;

/// <summary>How far a quantized model's answers lie from the float model's on the same pictures.</summary>
/// <param name="KlDivergence">Mean over pictures of the Kullback-Leibler divergence of its softmax from the float one, in nats; 0 for the same answers.</param>
/// <param name="Agreement">Share of pictures with the same best class, 0 to 1.</param>
/// <param name="LogitError">Median over pictures of the absolute error of the logit of the float model's best class.</param>
public sealed record OutputDamage(double KlDivergence, double Agreement, double LogitError)
{
    /// <exception cref="ArithmeticException">A logit is not a number.</exception>
    internal static OutputDamage Between(Logits reference, Logits candidate)
    {
        var (divergence, agreeing) = (0.0, 0);
        var errors = new double[reference.Count];
        for (var i = 0; i < reference.Count; i++)
        {
            var best = TensorPrimitives.IndexOfMax(reference[i]);
            divergence += Divergence(reference[i], candidate[i]);
            agreeing += TensorPrimitives.IndexOfMax(candidate[i]) == best ? 1 : 0;
            errors[i] = Math.Abs((double)reference[i][best] - candidate[i][best]);
        }

        Array.Sort(errors);
        return double.IsFinite(divergence)
            ? new OutputDamage(divergence / reference.Count, (double)agreeing / reference.Count, Percentile.Of(errors, 0.5))
            : throw new ArithmeticException("A model answered with numbers that are not finite.");
    }

    private static double Divergence(ReadOnlySpan<float> reference, ReadOnlySpan<float> candidate)
    {
        var (normalizer, other) = (LogSumExp(reference), LogSumExp(candidate));
        var sum = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            var logProbability = reference[i] - normalizer;
            sum += Math.Exp(logProbability) * (logProbability - (candidate[i] - other));
        }

        // Rounding can leave a sum of almost nothing below 0, where no divergence lies.
        return double.IsNaN(sum) ? sum : Math.Max(0, sum);
    }

    private static double LogSumExp(ReadOnlySpan<float> logits)
    {
        double max = TensorPrimitives.Max(logits);
        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum += Math.Exp(logit - max);
        }

        return max + Math.Log(sum);
    }
}
