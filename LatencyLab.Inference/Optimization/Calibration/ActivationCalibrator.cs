using Google.Protobuf;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>Runs a model over calibration pictures and shows the activations to statistics.</summary>
/// <param name="maxBatch">Pictures that run at once where the model's batch size is free.</param>
/// <param name="threads">Threads that run the model.</param>
/// <remarks>Batch after batch is seen once and forgotten: memory does not depend on the number of pictures.</remarks>
internal sealed class ActivationCalibrator(int maxBatch, int threads)
{
    /// <exception cref="OperationCanceledException">Calibration was cancelled; it stops within one operator of the model.</exception>
    public void Run(
        ModelProto model, ICalibrationSource source, IActivationObserver statistics, Action<int> picturesDone, CancellationToken cancellation)
    {
        var input = ModelInput.Of(model, source.Shape);
        var watched = statistics.Tensors.Where(name => name != input.Name).ToArray();
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
            Observe(session, run, input, pixels.AsMemory(0, rows * input.PictureLength), rows, watched, statistics, cancellation);
            done += pictures;
            picturesDone(done);
        }
    }

    private static void Observe(
        InferenceSession session, RunOptions run, ModelInput input, Memory<float> pixels, int rows, string[] watched,
        IActivationObserver statistics, CancellationToken cancellation)
    {
        var shape = input.ShapeOf(rows);
        if (statistics.Tensors.Contains(input.Name))
        {
            statistics.Observe(input.Name, pixels.Span, shape);
        }

        using var value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, pixels, shape);
        try
        {
            using var activations = session.Run(run, [input.Name], [value], watched);
            for (var i = 0; i < watched.Length; i++)
            {
                statistics.Observe(watched[i], activations[i].GetTensorDataAsSpan<float>(), activations[i].GetTensorTypeAndShape().Shape);
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
        // Two threads that spin for each other on a busy machine make many short runs last several times as long.
        settings.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        try
        {
            return new InferenceSession(observed.ToByteArray(), settings);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidModelException($"The runtime refuses the model: {e.Message}", e);
        }
    }
}
