using System.Diagnostics;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Rewriting;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>
/// A float model in the quantizer's form, with what calibration learned of its activations. Calibrated once, it is quantized any number
/// of times, each time with other layers left in float; ranges do not depend on which.
/// </summary>
internal sealed class CalibratedModel
{
    private static readonly HashSet<string> None = [];

    private readonly QuantizationOptions _options;
    private readonly ActivationStatistics _statistics;
    private readonly ActivationScales _scales;
    private readonly IReadOnlyDictionary<string, ActivationRange> _ranges;
    private readonly int _pictures;
    private readonly long _sizeBeforeBytes;

    private CalibratedModel(
        ModelProto model, QuantizationPlan plan, QuantizationOptions options, ActivationStatistics statistics, ActivationScales scales,
        int pictures, long sizeBeforeBytes)
    {
        (Model, _options, _statistics, _scales, _pictures, _sizeBeforeBytes) = (model, options, statistics, scales, pictures, sizeBeforeBytes);
        _ranges = statistics.Ranges();
        Layers = [.. plan.Operators.Values.Select(planned => new CalibratedLayer(
            LayerName.Of(planned.Node), planned.Node.OpType, planned.Role == OperatorRole.Weighted))];
    }

    /// <summary>The float model, folded and otherwise as it was.</summary>
    public ModelProto Model { get; }

    /// <summary>Every operator that can run in INT8, in topological order.</summary>
    public IReadOnlyList<CalibratedLayer> Layers { get; }

    /// <summary>Prepares and calibrates a model; exceptions are those of <see cref="StaticQuantizer"/>.</summary>
    public static CalibratedModel Calibrate(
        ModelProto model, ICalibrationSource source, QuantizationOptions options, Action<int> picturesDone, CancellationToken cancellation)
    {
        var graph = QuantizerForm.Of(model);
        QuantizerForm.RefuseUnknown(graph, options.KeepInFloat);
        var calibrator = new ActivationCalibrator(options.CalibrationBatch, options.Threads);
        if (options.Equalize)
        {
            var peaks = new ChannelPeaks(CrossLayerEqualization.BoundedActivations(graph));
            if (peaks.Tensors.Count > 0)
            {
                calibrator.Run(graph.Model, source, peaks, _ => { }, cancellation);
            }

            new CrossLayerEqualization(peaks.Peaks).Apply(graph);
            graph.RemoveUnused();
        }

        var plan = QuantizationPlanner.Plan(graph, None);
        if (!plan.Operators.Values.Any(planned => planned.Role == OperatorRole.Weighted))
        {
            throw new QuantizationException("There is nothing to quantize: the model has no Conv or Gemm with constant FP32 weights.");
        }

        var scales = new ActivationScales(plan);
        var weighted = plan.Operators.Values.Where(planned => planned.Role == OperatorRole.Weighted).Select(planned => planned.Inputs[0]);
        var statistics = new ActivationStatistics(options.Calibration, scales.Observed, options.CorrectBias ? weighted : []);
        calibrator.Run(graph.Model, source, statistics, picturesDone, cancellation);
        return new CalibratedModel(graph.Model, plan, options, statistics, scales, source.Count, model.CalculateSize());
    }

    /// <summary>Writes the INT8 model that leaves some layers in float.</summary>
    /// <param name="keepInFloat">Names of layers.</param>
    /// <exception cref="QuantizationException">The model has no such layer.</exception>
    public QuantizedModel Quantize(IReadOnlySet<string> keepInFloat)
    {
        var started = Stopwatch.GetTimestamp();
        var graph = new ModelGraph(Model.Clone());
        QuantizerForm.RefuseUnknown(graph, keepInFloat);
        var plan = QuantizationPlanner.Plan(graph, keepInFloat);
        var scales = new ActivationScales(plan);
        // With its pooling left in float, a layer reads a tensor that was not observed: its source was, and holds all of its values.
        scales.Set(scales.Observed.ToDictionary(tensor => tensor, tensor => _ranges[_scales.SourceOf(tensor)]), _options.Activations);
        var layers = plan.Operators.Values
            .Select(planned => new QuantizedLayer(LayerName.Of(planned.Node), planned.Node.OpType, scales.OfOutput(planned))).ToList();
        new QdqWriter(graph, plan, scales, new WeightQuantizer(_options.WeightRange), _statistics, _options.Activations).Write();
        if (layers.Count > 0)
        {
            Provenance.Note(graph.Model, _options, _pictures);
        }

        return new QuantizedModel(graph.Model, new QuantizationReport
        {
            Quantized = layers,
            LeftInFloat = plan.LeftInFloat,
            CalibrationMethod = _options.Calibration.Name,
            CalibrationPictures = _pictures,
            Activations = ActivationTypes.NameOf(_options.Activations),
            WeightRange = _options.WeightRange,
            SizeBeforeBytes = _sizeBeforeBytes,
            SizeAfterBytes = graph.Model.CalculateSize(),
            DurationMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds,
        });
    }
}
