using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Layers;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Requirements;

namespace LatencyLab.Tests.Layers;

/// <summary>A network with residual additions, which the runtime fuses, depthwise convolutions and blocks that do not fill.</summary>
public sealed class SharedLayerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-mobilenet-").FullName;
    private readonly VariantLoader _loader = new(ImageDecoders.CreateDefault(new ImageLimits()));
    private readonly LayerProfiler _profiler = new(new ClassifierGate(1, 8));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SharedDataFact]
    public async Task MobileNetV2_InFloatAndInt8_IsMatchedLayerByLayer()
    {
        var model = new ModelCatalogue([SharedData.PathOf("models", "imagenet")])["mobilenet_v2_1.0_224"];
        var engine = await ProfileAsync(model, model.File, new() { Id = "engine", Title = "Engine" });
        var int8 = await ProfileAsync(model, Quantize(model), new() { Id = "int8", Title = "INT8", Precision = Precisions.Int8 });

        var layers = OnnxModelFile.Load(model.File.Path).Graph.Node.Select(node => node.Name).Order().ToArray();
        foreach (var profile in new[] { engine, int8 })
        {
            Assert.Equal(layers, profile.Layers.SelectMany(layer => layer.FusedLayers).Order());
            Assert.Equal(model.Card.MultiplyAccumulates, profile.Layers.Sum(layer => layer.MultiplyAdds ?? 0));
        }
        Assert.Contains(engine.Layers, layer => layer is { OriginalLayer: "conv08", FusedLayers: ["conv08", "add00"] });
        var row = Assert.Single(LayerDiffer.Diff(engine, int8).Rows, row => row.OriginalLayer == "conv08");
        Assert.Equal(row.RightMs, int8.Layers.Where(layer => layer.OriginalLayer is "conv08" or "add00").Sum(layer => layer.P50Ms), tolerance: 1e-9);
    }

    private async Task<LayerProfile> ProfileAsync(Model model, ModelFile file, VariantOptions options)
    {
        using var variant = await _loader.LoadAsync(model, file, options, CancellationToken.None);
        return await _profiler.ProfileAsync(new LayerProfileRequest { Variant = variant, Runs = 3 }, progress: null, CancellationToken.None);
    }

    /// <summary>What the network answers does not matter here, so noise will do for calibration.</summary>
    private ModelFile Quantize(Model model)
    {
        var random = new Random(1);
        float[] picture = [.. Enumerable.Range(0, model.Preprocessing.TensorLength).Select(_ => (2 * random.NextSingle()) - 1)];
        var path = Path.Combine(_folder, "int8.onnx");
        StaticQuantizer.Quantize(model.File.Path, new TensorCalibrationSource([picture], [3, 224, 224])).Save(path);
        return new ModelFile(path, null);
    }
}
