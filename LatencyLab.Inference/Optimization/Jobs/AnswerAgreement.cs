using System.Numerics.Tensors;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>How often a model made from another gives the same answer.</summary>
internal sealed class AnswerAgreement(VariantLoader loader)
{
    /// <summary>Share of pictures on which both files put the same class first, 0 to 1.</summary>
    /// <param name="model">The model whose files both are.</param>
    /// <param name="made">The new file.</param>
    /// <param name="options">How it is run; the FP32 file is run likewise.</param>
    /// <param name="pictures">Preprocessed pictures.</param>
    /// <param name="progress">Share of the pictures that are done.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    public async Task<double> MeasureAsync(
        Model model, ModelFile made, VariantOptions options, ICalibrationSource pictures, Action<double> progress, CancellationToken cancellationToken)
    {
        using var reference = await loader.LoadAsync(model, model.File, options with { Precision = Precisions.Fp32 }, cancellationToken);
        using var candidate = await loader.LoadAsync(model, made, options, cancellationToken);
        var tensor = new float[pictures.Shape.Aggregate(1, (product, side) => product * side)];
        var logits = new float[model.Card.NumClasses];
        var same = 0;
        for (var index = 0; index < pictures.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            pictures.Fill(index, tensor);
            reference.Infer(tensor, logits);
            var expected = TensorPrimitives.IndexOfMax(logits);
            candidate.Infer(tensor, logits);
            same += TensorPrimitives.IndexOfMax(logits) == expected ? 1 : 0;
            progress((index + 1.0) / pictures.Count);
        }
        return (double)same / pictures.Count;
    }
}
