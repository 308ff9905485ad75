using System.Numerics.Tensors;
using Google.Protobuf;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>Loads a quantized model the way it will be served and runs it on one calibration picture.</summary>
internal static class QuantizedModelCheck
{
    /// <exception cref="QuantizationException">The runtime refuses the model, or its output is not finite.</exception>
    public static void Run(ModelProto model, ICalibrationSource source)
    {
        var input = ModelInput.Of(model, source.Shape);
        var batch = input.FixedBatch ?? 1;
        var pixels = new float[batch * input.PictureLength];
        for (var i = 0; i < batch; i++)
        {
            source.Fill(0, pixels.AsSpan(i * input.PictureLength, input.PictureLength));
        }

        try
        {
            using var settings = new SessionOptions { IntraOpNumThreads = 1 };
            using var session = new InferenceSession(model.ToByteArray(), settings);
            using var run = new RunOptions();
            using var value = OrtValue.CreateTensorValueFromMemory(pixels, input.ShapeOf(batch));
            using var outputs = session.Run(run, [input.Name], [value], session.OutputNames);
            for (var i = 0; i < outputs.Count; i++)
            {
                if (!float.IsFinite(TensorPrimitives.SumOfMagnitudes(outputs[i].GetTensorDataAsSpan<float>())))
                {
                    throw new QuantizationException($"The quantized model's output '{session.OutputNames[i]}' is not finite.");
                }
            }
        }
        catch (OnnxRuntimeException e)
        {
            throw new QuantizationException($"The runtime refuses the quantized model: {e.Message}", e);
        }
    }
}
