using Google.Protobuf;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Tests.Optimization;

/// <summary>Runs models in the real runtime.</summary>
internal static class ModelRunner
{
    public static float[] Run(ModelProto model, float[] picture, long[] shape, GraphOptimizationLevel level = GraphOptimizationLevel.ORT_ENABLE_ALL)
    {
        using var session = new ModelSession(model, level);
        return session.Run(picture, shape);
    }

    /// <summary>The operators that are left after the runtime's own optimization, each once, in order of the alphabet.</summary>
    public static string[] FusedOperators(ModelProto model)
    {
        var path = Path.GetTempFileName();
        try
        {
            using var settings = new SessionOptions
            {
                IntraOpNumThreads = 1, OptimizedModelFilePath = path, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            };
            new InferenceSession(model.ToByteArray(), settings).Dispose();

            return [.. OnnxModelFile.Load(path).Graph.Node.Select(node => node.OpType).Distinct().Order(StringComparer.Ordinal)];
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static float[][] Pictures(int count, params int[] shape)
    {
        var random = new Random(11);
        var length = shape.Aggregate(1, (product, d) => product * d);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() * 4) - 2)).ToArray())];
    }

    public static TensorCalibrationSource Source(int count, params int[] shape) => new(Pictures(count, shape), shape);
}
