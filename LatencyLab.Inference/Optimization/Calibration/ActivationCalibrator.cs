using Google.Protobuf;
using LatencyLab.Inference.Optimization.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>Runs the float model over calibration pictures and estimates the range of the tensors that will be quantized.</summary>
/// <param name="method">How a range follows from values.</param>
/// <param name="maxBatch">Pictures that run at once where the model's batch size is free.</param>
/// <param name="threads">Threads that run the model.</param>
/// <remarks>Batch after batch is seen once and forgotten: memory does not depend on the number of pictures.</remarks>
internal sealed class ActivationCalibrator(ICalibrationMethod method, int maxBatch, int threads)
{
    /// <exception cref="CalibrationException">A tensor holds NaN or infinity for some picture.</exception>
    /// <exception cref="OperationCanceledException">Calibration was cancelled; it stops within one operator of the model.</exception>
    public IReadOnlyDictionary<string, ActivationRange> Collect(
        ModelProto model, IReadOnlyCollection<string> tensors, ICalibrationSource source,
        Action<int> picturesDone, CancellationToken cancellation)
    {
        var input = ModelInput.Of(model, source.Shape);
        var watched = tensors.Where(name => name != input.Name).ToArray();
        var estimators = tensors.ToDictionary(name => name, _ => method.CreateEstimator());

        using var session = OpenSession(model, watched);
        using var run = new RunOptions();
        using var stop = cancellation.Register(() => run.Terminate = true);
        var batch = input.FixedBatch ?? Math.Min(maxBatch, source.Count);
        var pixels = new float[batch * input.PictureLength];
        for (var done = 0; done < source.Count;)
        {
            cancellation.ThrowIfCancellationRequested();
            var pictures = Math.Min(batch, source.Count - done);
            for (var i = 0; i < batch; i++)
            {
                // A fixed batch that the last pictures do not fill is topped up with the last one.
                source.Fill(Math.Min(done + i, source.Count - 1), pixels.AsSpan(i * input.PictureLength, input.PictureLength));
            }

            var rows = input.FixedBatch ?? pictures;
            Observe(session, run, input, pixels.AsMemory(0, rows * input.PictureLength), rows, watched, estimators, cancellation);
            done += pictures;
            picturesDone(done);
        }

        return estimators.ToDictionary(pair => pair.Key, pair => Finite(pair.Key, pair.Value.Estimate()));
    }

    private static void Observe(
        InferenceSession session, RunOptions run, ModelInput input, Memory<float> pixels, int rows, string[] watched,
        Dictionary<string, IRangeEstimator> estimators, CancellationToken cancellation)
    {
        if (estimators.TryGetValue(input.Name, out var pixelEstimator))
        {
            pixelEstimator.Observe(pixels.Span);
        }

        using var value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, pixels, input.ShapeOf(rows));
        try
        {
            using var activations = session.Run(run, [input.Name], [value], watched);
            for (var i = 0; i < watched.Length; i++)
            {
                estimators[watched[i]].Observe(activations[i].GetTensorDataAsSpan<float>());
            }
        }
        catch (OnnxRuntimeException e) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException("Calibration was cancelled.", e, cancellation);
        }
    }

    private InferenceSession OpenSession(ModelProto model, string[] watched)
    {
        var observed = model.Clone();
        observed.Graph.Output.Clear();
        foreach (var name in watched)
        {
            var type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float } };
            observed.Graph.Output.Add(new ValueInfoProto { Name = name, Type = type });
        }

        using var settings = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            IntraOpNumThreads = threads,
            EnableMemoryPattern = false,
        };
        return new InferenceSession(observed.ToByteArray(), settings);
    }

    private static ActivationRange Finite(string tensor, ActivationRange range) =>
        float.IsFinite(range.Min) && float.IsFinite(range.Max) && range.Min <= range.Max
            ? range
            : throw new CalibrationException(
                $"The activation '{tensor}' is not finite on the calibration pictures ({range.Min} to {range.Max}). Check the preprocessing and the weights.");
}
