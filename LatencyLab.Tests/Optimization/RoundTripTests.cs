using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.HalfPrecision;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Tests.Requirements;

namespace LatencyLab.Tests.Optimization;

/// <summary>Every kind of file that is written: it loads, saves again to the same bytes, and ONNX's own checker has nothing against it.</summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly string[] Families =
        ["ResNet", "MobileNetV1", "MobileNetV2", "MobileNetV3", "EfficientNet", "SqueezeNet", "ShuffleNetV1", "ShuffleNetV2", "Inception"];

    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-roundtrip-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AllFiles_LoadedAndSavedAgain_HaveTheSameBytes()
    {
        foreach (var path in Write())
        {
            var copy = path + ".copy";
            OnnxModelFile.Save(OnnxModelFile.Load(path), copy);

            Assert.True(File.ReadAllBytes(path).AsSpan().SequenceEqual(File.ReadAllBytes(copy)), path);
        }
    }

    [OnnxCheckerFact]
    public void AllFiles_PassTheOnnxChecker() => Assert.Equal("", OnnxChecker.Complaint([.. Write()]));

    private List<string> Write()
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
            Save(family + "-fp16", HalfPrecisionConverter.Convert(FamilyNetworks.Build(family), FamilyNetworks.Shape).Model);
        }

        foreach (var method in CalibrationMethods.Names)
        {
            Save(method, Quantize(FamilyNetworks.Build("MobileNetV2"), new QuantizationOptions { Calibration = CalibrationMethods.Parse(method) }));
        }

        Save("signed", Quantize(FamilyNetworks.Build("MobileNetV2"), new QuantizationOptions { Activations = ActivationType.S8 }));
        Save("seven-bit", Quantize(FamilyNetworks.Build("MobileNetV2"), new QuantizationOptions { WeightRange = WeightRange.SevenBit }));
        return paths;
    }

    private static ModelProto Quantize(ModelProto model, QuantizationOptions options) =>
        StaticQuantizer.Quantize(model, ModelRunner.Source(4, FamilyNetworks.Shape), options).Model;
}
