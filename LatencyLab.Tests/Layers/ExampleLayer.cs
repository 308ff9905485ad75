using LatencyLab.Inference.Layers;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Tests.Layers;

/// <summary>Made-up layers and profiles.</summary>
internal static class ExampleLayer
{
    public static LayerTime Create(string name, double ms, string operatorType = "Conv", params string[] fused) => new()
    {
        Index = 0,
        Name = name,
        OriginalLayer = fused.Length > 0 ? fused[0] : null,
        FusedLayers = fused,
        OperatorType = operatorType,
        Provider = "CPU",
        P50Ms = ms,
        MeanMs = ms,
        Share = 0,
        OutputType = "float32",
        RunsInInt8 = false,
        InputShapes = [],
        OutputShape = [],
    };

    public static LayerProfile Profile(string variantId, params LayerTime[] layers) => new()
    {
        ModelId = "model",
        VariantId = variantId,
        Precision = "fp32",
        Threads = 1,
        Runs = 1,
        InferenceP50Ms = layers.Sum(layer => layer.P50Ms),
        ProfiledP50Ms = layers.Sum(layer => layer.P50Ms),
        LayersMs = layers.Sum(layer => layer.P50Ms),
        Environment = EnvironmentProbe.Read(),
        Layers = layers,
        ByOperator = [],
    };
}
