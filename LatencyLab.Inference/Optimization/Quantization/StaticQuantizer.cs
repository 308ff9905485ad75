using System.Diagnostics;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Rewriting;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>
/// Post-training static quantization to INT8: unsigned asymmetric activations from calibration pictures, signed symmetric weights
/// per channel, 32-bit biases, written as QuantizeLinear/DequantizeLinear pairs placed so that ONNX Runtime fuses all of them.
/// The same model, pictures and options give the same bytes.
/// </summary>
/// <remarks>Method: Jacob et al., "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference" (2018).</remarks>
public static class StaticQuantizer
{
    /// <summary>Quantizes the model in a file.</summary>
    /// <param name="path">An FP32 ONNX classifier with all weights inside.</param>
    /// <param name="source">As for a model in memory.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told after each step and each batch of pictures.</param>
    /// <param name="cancellation">Stops within one operator of the model.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <inheritdoc cref="Quantize(ModelProto, ICalibrationSource, QuantizationOptions, IProgress{QuantizationProgress}, CancellationToken)" path="/exception"/>
    public static QuantizedModel Quantize(
        string path, ICalibrationSource source, QuantizationOptions? options = null,
        IProgress<QuantizationProgress>? progress = null, CancellationToken cancellation = default) =>
        Quantize(OnnxModelFile.Load(path), source, options, progress, cancellation);

    /// <summary>Quantizes a model.</summary>
    /// <param name="model">An FP32 ONNX classifier with one picture input; it is not changed.</param>
    /// <param name="source">Preprocessed pictures like those the model will meet; 100 or more are advisable.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told after each step and each batch of pictures.</param>
    /// <param name="cancellation">Stops within one operator of the model.</param>
    /// <exception cref="InvalidModelException">The model is damaged, of an opset that cannot be raised, or the pictures do not fit its input.</exception>
    /// <exception cref="CalibrationException">An activation is not finite on the pictures.</exception>
    /// <exception cref="QuantizationException">There is nothing to quantize, it is quantized already, or the result does not run.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static QuantizedModel Quantize(
        ModelProto model, ICalibrationSource source, QuantizationOptions? options = null,
        IProgress<QuantizationProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(source.Count);
        options ??= new QuantizationOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.CalibrationBatch);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Threads);
        cancellation.ThrowIfCancellationRequested();
        var started = Stopwatch.GetTimestamp();
        void Report(QuantizationStep step, int done) => progress?.Report(new QuantizationProgress(step, done, source.Count));

        Report(QuantizationStep.Prepare, 0);
        var graph = new ModelGraph(model.Clone());
        RefuseQuantized(graph);
        Canonicalization.Apply(graph);
        IntegerForms.Apply(graph);
        var plan = QuantizationPlanner.Plan(graph);
        if (!plan.Operators.Values.Any(planned => planned.Role == OperatorRole.Weighted))
        {
            throw new QuantizationException("There is nothing to quantize: the model has no Conv or Gemm with constant FP32 weights.");
        }

        var scales = new ActivationScales(plan);
        var weighted = plan.Operators.Values.Where(planned => planned.Role == OperatorRole.Weighted).Select(planned => planned.Inputs[0]);
        var statistics = new ActivationStatistics(options.Calibration, scales.Observed, options.CorrectBias ? weighted : []);
        new ActivationCalibrator(options.CalibrationBatch, options.Threads)
            .Run(graph.Model, source, statistics, done => Report(QuantizationStep.Calibrate, done), cancellation);
        scales.Set(statistics.Ranges(), options.Activations);

        Report(QuantizationStep.Write, source.Count);
        var layers = plan.Operators.Values
            .Select(planned => new QuantizedLayer(LayerName.Of(planned.Node), planned.Node.OpType, scales.OfOutput(planned))).ToList();
        new QdqWriter(graph, plan, scales, new WeightQuantizer(options.WeightRange), statistics, options.Activations).Write();
        Provenance.Note(graph.Model, options, source.Count);

        Report(QuantizationStep.Verify, source.Count);
        cancellation.ThrowIfCancellationRequested();
        QuantizedModelCheck.Run(graph.Model, source);
        return new QuantizedModel(graph.Model, new QuantizationReport
        {
            Quantized = layers,
            LeftInFloat = plan.LeftInFloat,
            CalibrationMethod = options.Calibration.Name,
            CalibrationPictures = source.Count,
            Activations = options.Activations == ActivationType.S8 ? "s8" : "u8",
            WeightRange = options.WeightRange,
            SizeBeforeBytes = model.CalculateSize(),
            SizeAfterBytes = graph.Model.CalculateSize(),
            DurationMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds,
        });
    }

    private static void RefuseQuantized(ModelGraph graph)
    {
        var quantized = graph.Nodes.FirstOrDefault(
            node => node.OpType is "QuantizeLinear" or "DequantizeLinear" || node.OpType.StartsWith("QLinear", StringComparison.Ordinal));
        if (quantized is { } node)
        {
            throw new QuantizationException($"The model is quantized already ({node.OpType} '{node.Name}'). Give the FP32 model.");
        }
    }
}
