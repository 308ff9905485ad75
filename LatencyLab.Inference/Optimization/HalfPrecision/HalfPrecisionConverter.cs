using System.Diagnostics;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Optimization.Rewriting;

namespace LatencyLab.Inference.Optimization.HalfPrecision;

/// <summary>
/// Stores weights as FP16, with a Cast to FP32 in front of their readers: half the file, and it runs wherever the model ran. ONNX Runtime
/// casts once, at load, unless its graph optimizations are off; then it computes as before, in FP32.
/// </summary>
public static class HalfPrecisionConverter
{
    // Below it, a Cast and its names take more bytes than halving the values saves.
    private const int FewestValues = 128;

    // The first in which an initializer need not be an input too.
    private const int IrVersion = 4;

    /// <summary>Converts the model in a file.</summary>
    /// <param name="path">An FP32 ONNX classifier with all weights inside.</param>
    /// <param name="pictureShape">The shape of one picture without the batch dimension, for instance [3, 224, 224].</param>
    /// <param name="cancellation">Cancels between steps.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <inheritdoc cref="Convert(ModelProto, IReadOnlyList{int}, CancellationToken)" path="/exception"/>
    public static HalfPrecisionModel Convert(string path, IReadOnlyList<int> pictureShape, CancellationToken cancellation = default) =>
        Convert(OnnxModelFile.Load(path), pictureShape, cancellation);

    /// <summary>Converts a model.</summary>
    /// <param name="model">An FP32 ONNX classifier with one picture input; it is not changed.</param>
    /// <param name="pictureShape">The shape of one picture without the batch dimension, for instance [3, 224, 224].</param>
    /// <param name="cancellation">Cancels between steps.</param>
    /// <exception cref="InvalidModelException">The model is damaged, or pictures of this shape do not fit its input.</exception>
    /// <exception cref="QuantizationException">There are no weights to convert, or the result does not run.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static HalfPrecisionModel Convert(ModelProto model, IReadOnlyList<int> pictureShape, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(pictureShape);
        var started = Stopwatch.GetTimestamp();
        var graph = new ModelGraph(model.Clone());
        new ConstantLifting().Apply(graph);
        graph.Model.IrVersion = Math.Max(graph.Model.IrVersion, IrVersion);
        var (casts, left, error) = (new List<NodeProto>(), new List<FloatTensor>(), new RoundingError());
        foreach (var tensor in graph.Graph.Initializer.Where(tensor => IsLargeEnough(tensor) && !graph.IsOutput(tensor.Name)))
        {
            cancellation.ThrowIfCancellationRequested();
            var values = TensorData.Floats(tensor);
            if (HalfRange.Outside(values) is > 0 and var outside)
            {
                left.Add(new FloatTensor(tensor.Name, outside));
            }
            else
            {
                casts.Add(Store(graph, tensor, values, error));
            }
        }

        if (casts.Count == 0)
        {
            throw new QuantizationException($"There is nothing to store as FP16: the model has no FP32 weights of {FewestValues} or more values within FP16's range.");
        }

        graph.ReplaceNodes(casts.Concat(graph.Nodes));
        cancellation.ThrowIfCancellationRequested();
        var picture = new float[pictureShape.Aggregate(1, (product, d) => product * d)];
        QuantizedModelCheck.Run(graph.Model, new TensorCalibrationSource([picture], pictureShape));
        return new HalfPrecisionModel(graph.Model, new HalfPrecisionReport
        {
            Tensors = casts.Count,
            Values = error.Values,
            MaxError = error.Max,
            MeanError = error.Mean,
            LeftInFloat = left,
            SizeBeforeBytes = model.CalculateSize(),
            SizeAfterBytes = graph.Model.CalculateSize(),
            DurationMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds,
        });
    }

    private static bool IsLargeEnough(TensorProto tensor) =>
        tensor.DataType == (int)TensorProto.Types.DataType.Float && tensor.Dims.Aggregate(1L, (product, d) => product * d) >= FewestValues;

    /// <summary>Replaces a tensor's values; the Cast that is returned goes by the tensor's old name, so that no reader changes.</summary>
    private static NodeProto Store(ModelGraph graph, TensorProto tensor, float[] values, RoundingError error)
    {
        var halves = Array.ConvertAll(values, value => (Half)value);
        error.Add(values, halves);
        var name = tensor.Name;
        var stored = TensorData.Create<Half>(graph.UniqueName($"{name}_fp16"), halves, [.. tensor.Dims]);
        tensor.FloatData.Clear();
        tensor.MergeFrom(new TensorProto { Name = stored.Name, DataType = stored.DataType, RawData = stored.RawData });
        return new NodeProto
        {
            OpType = "Cast", Name = graph.UniqueName($"{name}_Cast"), Input = { stored.Name }, Output = { name },
            Attribute = { NodeAttributes.Int("to", (int)TensorProto.Types.DataType.Float) },
        };
    }
}
