using System.Numerics.Tensors;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>Holds a model made from another against it, picture by picture.</summary>
internal sealed class AnswerAgreement(VariantLoader loader)
{
    /// <summary>Runs all pictures through both files.</summary>
    /// <param name="model">The model whose files both are.</param>
    /// <param name="made">The new file.</param>
    /// <param name="options">How it is run; the FP32 file is run likewise.</param>
    /// <param name="pictures">Preprocessed pictures; at least one.</param>
    /// <param name="progress">Share of the pictures that are done.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    public async Task<MeasuredAgreement> MeasureAsync(
        Model model, ModelFile made, VariantOptions options, ICalibrationSource pictures, Action<double> progress, CancellationToken cancellationToken)
    {
        using var reference = await loader.LoadAsync(model, model.File, options with { Precision = Precisions.Fp32 }, cancellationToken);
        using var candidate = await loader.LoadAsync(model, made, options, cancellationToken);
        var tensor = new float[pictures.Shape.Aggregate(1, (product, side) => product * side)];
        var logits = new float[model.Card.NumClasses];
        var same = 0;
        var moves = new double[pictures.Count];
        for (var index = 0; index < pictures.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            pictures.Fill(index, tensor);
            reference.Infer(tensor, logits);
            var best = TensorPrimitives.IndexOfMax(logits);
            var expected = logits[best];
            candidate.Infer(tensor, logits);
            same += TensorPrimitives.IndexOfMax(logits) == best ? 1 : 0;
            moves[index] = Math.Abs((double)logits[best] - expected);
            progress((index + 1.0) / pictures.Count);
        }
        Array.Sort(moves);
        return new MeasuredAgreement(pictures.Count, (double)same / pictures.Count, Percentile.Of(moves, 0.5), moves[^1]);
    }
}
