using LatencyLab.Inference.Models.Import;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.HalfPrecision;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Pruning;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Tests.Models;
using LatencyLab.Tests.Models.Import;
using LatencyLab.Tests.Requirements;
using DataType = LatencyLab.Inference.Optimization.Onnx.TensorProto.Types.DataType;

namespace LatencyLab.Tests.Optimization;

/// <summary>Every kind of file that is written: it loads, saves again to the same bytes, and ONNX's own checker has nothing against it.</summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly string[] Families =
        ["ResNet", "MobileNetV1", "MobileNetV2", "MobileNetV3", "EfficientNet", "SqueezeNet", "ShuffleNetV1", "ShuffleNetV2", "Inception"];

    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-roundtrip-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AllFiles_LoadedAndSavedAgain_HaveTheSameBytes()
    {
        foreach (var path in await WriteAsync())
        {
            var copy = Path.Combine(_folder, "copy");
            OnnxModelFile.Save(OnnxModelFile.Load(path), copy);

            Assert.True(File.ReadAllBytes(path).AsSpan().SequenceEqual(File.ReadAllBytes(copy)), path);
        }
    }

    [OnnxCheckerFact]
    public async Task AllFiles_PassTheOnnxChecker()
    {
        var complaint = OnnxChecker.Complaint([.. await WriteAsync()]);

        Assert.True(complaint.Length == 0, complaint);
    }

    private async Task<IReadOnlyList<string>> WriteAsync() =>
    [
        .. Optimized(), .. await ImportedAsync(),
        // And what was written with earlier versions.
        .. Directory.GetFiles(EmbeddedZoo.Folder, "int8*.onnx", SearchOption.AllDirectories),
    ];

    private List<string> Optimized()
    {
        var paths = new List<string>();
        void Save(string name, ModelProto model)
        {
            paths.Add(Path.Combine(_folder, name + ".onnx"));
            OnnxModelFile.Save(model, paths[^1]);
        }

        foreach (var family in Families)
        {
            Save(family, Quantize(FamilyNetworks.Build(family), new QuantizationOptions()));
            Save(family + "-equalized", Quantize(FamilyNetworks.Build(family), new QuantizationOptions { Equalize = true }));
            Save(family + "-fp16", HalfPrecisionConverter.Convert(FamilyNetworks.Build(family), FamilyNetworks.Shape).Model);
        }

        // ShuffleNetV1's uneven groups let no channel go.
        foreach (var family in Families.Except(["ShuffleNetV1"]))
        {
            Save(family + "-pruned", StructuredPruner.Prune(FamilyNetworks.Build(family), new PruningOptions { RoundTo = 1, MinimumChannels = 1 }).Model);
        }

        foreach (var method in CalibrationMethods.Names)
        {
            Save(method, Quantize(FamilyNetworks.Build("MobileNetV2"), new QuantizationOptions { Calibration = CalibrationMethods.Parse(method) }));
        }

        Save("signed", Quantize(FamilyNetworks.Build("MobileNetV2"), new QuantizationOptions { Activations = ActivationType.S8 }));
        Save("seven-bit", Quantize(FamilyNetworks.Build("MobileNetV2"), new QuantizationOptions { WeightRange = WeightRange.SevenBit }));
        // What the accuracy-aware quantizer writes: layers in float between integer ones.
        Save("partly-in-float", Quantize(FamilyNetworks.Build("MobileNetV2"), new QuantizationOptions { KeepInFloat = new HashSet<string> { "conv2", "conv5" } }));
        return paths;
    }

    /// <summary>Models that the import has to bring into form.</summary>
    private async Task<IEnumerable<string>> ImportedAsync()
    {
        var toChannelsFirst = new NodeProto { OpType = "Transpose", Input = { "input" }, Output = { "first" }, Attribute = { ModelBuilder.Ints("perm", 0, 3, 1, 2) } };
        var importer = new ModelImporter(Path.Combine(_folder, "imported"));
        var imported = new List<string>();
        foreach (var (id, model) in new[]
        {
            ("softmax", Graphs.Classifier((b, x) => b.Node("Softmax", [x]))),
            ("channels-last", Graphs.Classifier().WithInput(DataType.Float, -1, 8, 8, 3).WithFirst(toChannelsFirst)),
            ("weights-beside", FamilyNetworks.Build("MobileNetV2").WithExternalWeights("weights.data", Path.Combine(_folder, "weights.data"))),
        })
        {
            imported.Add((await importer.ImportAsync(model.SaveTo(_folder), new ImportOptions { Id = id })).Model.File.Path);
        }
        return imported;
    }

    private static ModelProto Quantize(ModelProto model, QuantizationOptions options) =>
        StaticQuantizer.Quantize(model, ModelRunner.Source(4, FamilyNetworks.Shape), options).Model;
}
