using System.Diagnostics;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Optimization.Sensitivity;

namespace LatencyLab.Inference.Optimization.AccuracyAware;

/// <summary>
/// Quantizes a model and leaves the layers that cost the most accuracy in float until a budget holds. Layers are ranked on calibration
/// pictures; every candidate is run on the evaluation pictures. The same model, pictures and budget give the same bytes.
/// </summary>
public static class AccuracyAwareQuantizer
{
    // A ranking settles long before this; more pictures would only take time.
    private const int MaxRankingPictures = 64;

    // The search's length is not known beforehand: its progress bar nears its end more and more slowly.
    private const double RankingShare = 0.5;
    private const double TypicalTrials = 8;

    /// <summary>Quantizes a model within a budget.</summary>
    /// <param name="modelId">Its identifier, for the report.</param>
    /// <param name="model">An FP32 ONNX classifier; it is not changed.</param>
    /// <param name="calibration">Pictures that show how activations range.</param>
    /// <param name="evaluation">Other pictures. With their classes the budget is one of top-1 accuracy, without one of agreement with the float model.</param>
    /// <param name="maxDropPoints">The budget in percentage points, 0 to 100.</param>
    /// <param name="options">How layers are quantized; null for the defaults. Which ones stay in float is what is looked for here.</param>
    /// <param name="progress">The share of the work that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops within one operator of the model.</param>
    /// <exception cref="ArgumentOutOfRangeException">The budget is not 0 to 100.</exception>
    /// <exception cref="InvalidModelException">The model is damaged, of an opset that cannot be raised, or the pictures do not fit it.</exception>
    /// <exception cref="CalibrationException">An activation is not finite on the pictures.</exception>
    /// <exception cref="QuantizationException">There is nothing to quantize, it is quantized already, or the result does not run.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static AccuracyAwareModel Quantize(
        string modelId, ModelProto model, ICalibrationSource calibration, HeldPictures evaluation, double maxDropPoints,
        QuantizationOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(calibration);
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(calibration.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(maxDropPoints);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxDropPoints, 100);
        options ??= new QuantizationOptions();
        var started = Stopwatch.GetTimestamp();
        var calibrated = CalibratedModel.Calibrate(model, calibration, options, _ => { }, cancellation);
        var runner = new ActivationCalibrator(options.CalibrationBatch, options.Threads);
        var ranking = HeldPictures.Of(calibration, maxCount: MaxRankingPictures, cancellation: cancellation);
        var ranked = SensitivityAnalysis.Rank(
            calibrated, ranking, Logits.Of(calibrated.Model, ranking, runner, cancellation), runner,
            new FirstShare(progress), cancellation);

        var comparison = new AnswerComparison(Logits.Of(calibrated.Model, evaluation, runner, cancellation), evaluation.Classes);
        var measured = 0;
        PairedDrop Measure(IReadOnlyList<string> floatLayers)
        {
            var candidate = calibrated.Quantize(floatLayers.ToHashSet()).Model;
            var drop = comparison.Against(Logits.Of(candidate, evaluation, runner, cancellation));
            measured++;
            progress?.Report(1 - ((1 - RankingShare) * TypicalTrials / (TypicalTrials + measured)));
            return drop;
        }

        var trials = new FloatLayerSearch([.. ranked.Select(layer => layer.Layer)], Measure, maxDropPoints).Run();
        var chosen = trials.Single(trial => trial.Chosen);
        var quantized = calibrated.Quantize(chosen.FloatLayers.ToHashSet());
        QuantizedModelCheck.Run(quantized.Model, calibration);
        return new AccuracyAwareModel(quantized, new AccuracyAwareReport
        {
            ModelId = modelId,
            Measure = comparison.Measure,
            MaxDropPoints = maxDropPoints,
            CalibrationPictures = calibration.Count,
            EvaluationPictures = evaluation.Count,
            FloatTop1 = comparison.FloatTop1,
            Layers = ranked.Count,
            FloatLayers = chosen.FloatLayers,
            DropPoints = chosen.DropPoints,
            Ci95Points = chosen.Ci95Points,
            Conclusion = Conclusion.Of(chosen, ranked.Count, maxDropPoints, evaluation.Count),
            Trials = trials,
            Quantization = quantized.Report,
            DurationMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds,
        });
    }

    private sealed class FirstShare(IProgress<double>? progress) : IProgress<double>
    {
        public void Report(double value) => progress?.Report(value * RankingShare);
    }
}
