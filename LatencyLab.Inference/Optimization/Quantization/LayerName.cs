using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>What a node is called in reports: exporters may leave the name out, but never the output's.</summary>
internal static class LayerName
{
    public static string Of(NodeProto node) => node.Name.Length > 0 ? node.Name : node.Output[0];
}
