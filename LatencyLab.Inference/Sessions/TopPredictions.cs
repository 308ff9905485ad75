using System.Numerics.Tensors;
using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Sessions;

/// <summary>Logits to ranked predictions.</summary>
public static class TopPredictions
{
    /// <summary>Number of predictions of an answer.</summary>
    public const int DefaultCount = 5;

    /// <summary>The most probable classes, best first; equal logits in class order.</summary>
    /// <param name="logits">One logit a class.</param>
    /// <param name="labels">One name a class.</param>
    /// <param name="count">How many at most.</param>
    /// <exception cref="ArithmeticException">A logit is not a number: the model is broken for this picture.</exception>
    public static Prediction[] Of(ReadOnlySpan<float> logits, IReadOnlyList<string> labels, int count = DefaultCount)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var max = TensorPrimitives.Max(logits);
        if (!float.IsFinite(max))
        {
            throw new ArithmeticException("The model answered with numbers that are not finite.");
        }
        double sum = 0;
        foreach (var logit in logits)
        {
            sum += Math.Exp(logit - max);
        }
        Span<int> best = stackalloc int[Math.Min(count, logits.Length)];
        Rank(logits, best);
        var predictions = new Prediction[best.Length];
        for (var i = 0; i < best.Length; i++)
        {
            predictions[i] = new Prediction(i + 1, best[i], labels[best[i]], Math.Exp(logits[best[i]] - max) / sum);
        }
        return predictions;
    }

    private static void Rank(ReadOnlySpan<float> logits, Span<int> best)
    {
        var filled = 0;
        for (var index = 0; index < logits.Length; index++)
        {
            if (filled == best.Length && !(logits[index] > logits[best[^1]]))
            {
                continue;
            }
            var place = filled < best.Length ? filled++ : best.Length - 1;
            while (place > 0 && logits[index] > logits[best[place - 1]])
            {
                best[place] = best[place - 1];
                place--;
            }
            best[place] = index;
        }
    }
}
