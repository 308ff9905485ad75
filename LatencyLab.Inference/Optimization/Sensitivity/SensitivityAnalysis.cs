using System.Diagnostics;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Inference.Optimization.Sensitivity;

/// <summary>
/// Quantizes one layer at a time, the rest in float, and measures the damage. That way the losses of layers do not mask each other; with
/// one layer at a time in float instead, its neighbours would go on rounding the tensors that it shares with them, and every layer
/// would look harmless. The model is calibrated once. The same model and pictures give the same report on the same processor.
/// </summary>
public static class SensitivityAnalysis
{
    /// <summary>Analyses a model.</summary>
    /// <param name="modelId">Its identifier, for the report.</param>
    /// <param name="model">An FP32 ONNX classifier; it is not changed.</param>
    /// <param name="calibration">Pictures that show how activations range.</param>
    /// <param name="held">Other pictures, to measure the damage on.</param>
    /// <param name="options">How layers are quantized; null for the defaults. Layers to keep in float are not considered.</param>
    /// <param name="progress">The share of the work that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops within one operator of the model.</param>
    /// <exception cref="InvalidModelException">The model is damaged, of an opset that cannot be raised, or the pictures do not fit it.</exception>
    /// <exception cref="CalibrationException">An activation is not finite on the pictures.</exception>
    /// <exception cref="QuantizationException">There is nothing to quantize, or it is quantized already.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static SensitivityReport Run(
        string modelId, ModelProto model, ICalibrationSource calibration, HeldPictures held, QuantizationOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(calibration);
        ArgumentNullException.ThrowIfNull(held);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(calibration.Count);
        options ??= new QuantizationOptions();
        var started = Stopwatch.GetTimestamp();
        var calibrated = CalibratedModel.Calibrate(model, calibration, options, _ => { }, cancellation);
        var runner = new ActivationCalibrator(options.CalibrationBatch, options.Threads);
        var reference = Logits.Of(calibrated.Model, held, runner, cancellation);
        var layers = Rank(calibrated, held, reference, runner, progress, cancellation);
        return new SensitivityReport
        {
            ModelId = modelId,
            Pictures = held.Count,
            CalibrationPictures = calibration.Count,
            CalibrationMethod = options.Calibration.Name,
            AllLayers = Damage(calibrated, new HashSet<string>(), held, reference, runner, cancellation),
            Layers = layers,
            DurationMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds,
        };
    }

    /// <summary>Probes every layer with weights.</summary>
    /// <returns>The worst first; among equals the one nearer to the input.</returns>
    internal static IReadOnlyList<LayerSensitivity> Rank(
        CalibratedModel calibrated, HeldPictures held, Logits reference, ActivationCalibrator runner, IProgress<double>? progress,
        CancellationToken cancellation)
    {
        var names = calibrated.Layers.Select(layer => layer.Name).ToList();
        var probed = calibrated.Layers.Where(layer => layer.IsWeighted).ToList();
        var ranked = new List<LayerSensitivity>(probed.Count);
        foreach (var layer in probed)
        {
            var damage = Damage(calibrated, names.Where(name => name != layer.Name).ToHashSet(), held, reference, runner, cancellation);
            ranked.Add(new LayerSensitivity(
                layer.Name, layer.Operator, ranked.Count + 1, damage.KlDivergence, damage.Agreement, damage.LogitError));
            progress?.Report((double)ranked.Count / probed.Count);
        }

        return [.. ranked.OrderByDescending(layer => layer.KlDivergence).ThenBy(layer => layer.Position)];
    }

    private static OutputDamage Damage(
        CalibratedModel calibrated, IReadOnlySet<string> keepInFloat, HeldPictures held, Logits reference, ActivationCalibrator runner,
        CancellationToken cancellation) =>
        OutputDamage.Between(reference, Logits.Of(calibrated.Quantize(keepInFloat).Model, held, runner, cancellation));
}
