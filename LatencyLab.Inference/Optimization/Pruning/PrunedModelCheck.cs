using System.Numerics.Tensors;
using Google.Protobuf;
using LatencyLab.Inference.Optimization.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>Loads a pruned model the way it will be served and runs it.</summary>
internal static class PrunedModelCheck
{
    private const int Seed = 1;

    /// <param name="model">The pruned model.</param>
    /// <param name="shape">Shape of its input.</param>
    /// <exception cref="PruningException">The runtime refuses the model, or its output is not finite.</exception>
    public static void Run(ModelProto model, long[] shape)
    {
        var random = new Random(Seed);
        var pixels = new float[shape.Aggregate(1L, (product, size) => product * size)];
        foreach (ref var pixel in pixels.AsSpan())
        {
            pixel = (random.NextSingle() * 2) - 1;
        }

        try
        {
            using var settings = new SessionOptions { IntraOpNumThreads = 1 };
            using var session = new InferenceSession(model.ToByteArray(), settings);
            using var run = new RunOptions();
            using var value = OrtValue.CreateTensorValueFromMemory(pixels, shape);
            using var outputs = session.Run(run, session.InputNames, [value], session.OutputNames);
            for (var i = 0; i < outputs.Count; i++)
            {
                if (outputs[i].GetTensorTypeAndShape().ElementDataType == TensorElementType.Float
                    && !float.IsFinite(TensorPrimitives.SumOfMagnitudes(outputs[i].GetTensorDataAsSpan<float>())))
                {
                    throw new PruningException($"The pruned model's output '{session.OutputNames[i]}' is not finite.");
                }
            }
        }
        catch (OnnxRuntimeException e)
        {
            throw new PruningException($"The runtime refuses the pruned model: {e.Message}", e);
        }
    }
}
