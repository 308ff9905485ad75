using Google.Protobuf;
using LatencyLab.Inference.Optimization.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Tests.Optimization;

/// <summary>A model loaded in the real runtime, on one thread.</summary>
internal sealed class ModelSession : IDisposable
{
    private readonly InferenceSession _session;

    public ModelSession(ModelProto model, GraphOptimizationLevel level = GraphOptimizationLevel.ORT_ENABLE_ALL)
    {
        using var settings = new SessionOptions { GraphOptimizationLevel = level, IntraOpNumThreads = 1 };
        _session = new InferenceSession(model.ToByteArray(), settings);
    }

    /// <summary>All outputs for one picture, one after the other.</summary>
    public float[] Run(float[] picture, params long[] shape)
    {
        using var run = new RunOptions();
        using var value = OrtValue.CreateTensorValueFromMemory(picture, [1, .. shape]);
        using var outputs = _session.Run(run, _session.InputNames, [value], _session.OutputNames);
        return [.. outputs.SelectMany(output => output.GetTensorDataAsSpan<float>().ToArray())];
    }

    public void Dispose() => _session.Dispose();
}
