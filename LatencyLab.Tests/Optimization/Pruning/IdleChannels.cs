using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Tests.Optimization.Pruning;

/// <summary>Makes output channels of layers do nothing.</summary>
internal static class IdleChannels
{
    /// <summary>Sets the channels' weights and bias, or their BatchNormalization's scale and shift, to zero.</summary>
    public static void Silence(ModelProto model, string tensor, int[] channels)
    {
        var node = model.Graph.Node.Single(node => node.Output[0] == tensor);
        foreach (var name in node.Input.Skip(1).Take(2))
        {
            // A matrix that is not transposed has its outputs in columns.
            Zero(model, name, channels, columns: node.OpType == "Gemm" && node.Attribute.Count == 0);
        }
    }

    private static void Zero(ModelProto model, string name, int[] channels, bool columns)
    {
        var stored = model.Graph.Initializer.Single(t => t.Name == name);
        var values = TensorData.Floats(stored);
        var outputs = (int)(columns ? stored.Dims[^1] : stored.Dims[0]);
        for (var i = 0; i < values.Length; i++)
        {
            if (channels.Contains(columns ? i % outputs : i / (values.Length / outputs)))
            {
                values[i] = 0;
            }
        }

        stored.RawData = TensorData.Create<float>("", values, [.. stored.Dims]).RawData;
    }
}
