using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Sensitivity;

namespace LatencyLab.Tests.Optimization.Sensitivity;

/// <summary>A small classifier one of whose layers INT8 harms far more than the others.</summary>
internal static class FragileNetwork
{
    /// <summary>The harmed layer: one of its channels is so large, and read so weakly, that a step of its output drowns the other channels.</summary>
    public const string Fragile = "conv2";

    public static readonly int[] Shape = [3, 12, 12];

    public static ModelProto Build()
    {
        var builder = new ModelBuilder([3, 12, 12]);
        var x = builder.Node("Relu", [builder.Conv("input", 3, 8)]);
        x = builder.Node("Relu", [builder.Conv(x, 8, 8)]);
        x = builder.Node("Relu", [builder.Conv(x, 8, 8)]);
        x = builder.Node("Flatten", [builder.Node("GlobalAveragePool", [x])]);
        var model = builder.Build(builder.Gemm(x, 8, 10));
        Scale(model, model.Graph.Node[2].Input[1], channelAxisStride: 8 * 9, factor: 2000);
        Scale(model, model.Graph.Node[4].Input[1], channelAxisStride: 9, factor: 1 / 2000f);
        return model;
    }

    public static HeldPictures Pictures(int count) => HeldPictures.Of(ModelRunner.Source(count, Shape));

    // Channel 0 along an axis of 8 channels.
    private static void Scale(ModelProto model, string name, int channelAxisStride, float factor)
    {
        var tensor = model.Graph.Initializer.Single(t => t.Name == name);
        var values = TensorData.Floats(tensor);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] *= i / channelAxisStride % 8 == 0 ? factor : 1;
        }

        tensor.RawData = TensorData.Create<float>("", values, values.Length).RawData;
    }
}
