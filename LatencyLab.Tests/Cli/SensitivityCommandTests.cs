using System.Text.Json;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Cli;

[Collection(nameof(CommandLine))]
public sealed class SensitivityCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Sensitivity_OfTheEmbeddedModel_RanksItsLayersOnPicturesHeldBack()
    {
        var report = await JsonOfAsync("sensitivity", "cifar10_resnet9", "--calibration", SamplePicture.Folder, "--json");

        Assert.Equal("cifar10_resnet9", report.GetProperty("modelId").GetString());
        Assert.Equal(4, report.GetProperty("pictures").GetInt32());
        Assert.Equal(4, report.GetProperty("calibrationPictures").GetInt32());
        var damages = report.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("klDivergence").GetDouble()).ToList();
        Assert.Equal(11, damages.Count);
        Assert.Equal(damages.OrderDescending(), damages);
        Assert.True(report.GetProperty("allLayers").GetProperty("logitError").GetDouble() > 0);
    }

    [Fact]
    public async Task Sensitivity_OnATerminal_IsATable()
    {
        var (exitCode, output, error) = await CommandLine.RunAsync("sensitivity", "cifar10_resnet9", "--calibration", SamplePicture.Folder);

        Assert.True(exitCode == 0, error);
        Assert.Contains("KL divergence", output, StringComparison.Ordinal);
        Assert.Contains("all in INT8", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quantize_WithinABudgetOnLabelledPictures_ReportsTop1AndWritesTheModel()
    {
        foreach (var sample in Directory.GetFiles(SamplePicture.Folder, "*.jpg"))
        {
            var name = Path.GetFileNameWithoutExtension(sample) is "car" ? "automobile" : Path.GetFileNameWithoutExtension(sample);
            File.Copy(sample, Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, name)).FullName, "1.jpg"));
        }

        var target = Path.Combine(_folder, "int8.onnx");
        var report = await JsonOfAsync(
            "quantize", "cifar10_resnet9", "--calibration", SamplePicture.Folder, "--data", _folder, "--max-drop", "0.5", "--output", target, "--json");

        Assert.Equal("top1", report.GetProperty("measure").GetString());
        Assert.Equal(8, report.GetProperty("evaluationPictures").GetInt32());
        Assert.Contains("cannot be resolved", report.GetProperty("conclusion").GetString(), StringComparison.Ordinal);
        Assert.True(report.GetProperty("dropPoints").GetDouble() <= 0.5);
        Assert.Contains(OnnxModelFile.Load(target).Graph.Node, node => node.OpType == "QuantizeLinear");
    }

    [Fact]
    public async Task Quantize_ToldToKeepALayerInFloat_ReportsIt()
    {
        var layer = (await JsonOfAsync("sensitivity", "cifar10_resnet9", "--calibration", SamplePicture.Folder, "--json"))
            .GetProperty("layers")[0].GetProperty("layer").GetString()!;

        var report = await JsonOfAsync(
            "quantize", "cifar10_resnet9", "--calibration", SamplePicture.Folder, "--keep-in-float", layer, "--equalize",
            "--output", Path.Combine(_folder, "int8.onnx"), "--json");

        Assert.Contains(report.GetProperty("leftInFloat").EnumerateArray(), left => left.GetProperty("name").GetString() == layer);
    }

    [Fact]
    public async Task Quantize_ToldToKeepALayerInFloat_SaysSoInASentence()
    {
        var (_, output, _) = await CommandLine.RunAsync(
            "quantize", "cifar10_resnet9", "--calibration", SamplePicture.Folder, "--keep-in-float", "/classifier/Gemm",
            "--output", Path.Combine(_folder, "int8.onnx"));

        Assert.Contains("- left in float: /classifier/Gemm (Gemm). It was chosen to stay in float.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--max-drop", "--max-drop", "-1")]
    [InlineData("--max-drop", "--max-drop", "101")]
    [InlineData("--data", "--data", "somewhere")]
    [InlineData("--keep-in-float", "--max-drop", "1", "--keep-in-float", "conv")]
    public async Task Quantize_WithABudgetThatMakesNoSense_NamesTheOption(string named, params string[] options)
    {
        var (exitCode, _, error) = await CommandLine.RunAsync(
            ["quantize", "cifar10_resnet9", "--calibration", SamplePicture.Folder, "--output", Path.Combine(_folder, "x.onnx"), .. options]);

        Assert.Equal(2, exitCode);
        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sensitivity_WithoutPicturesToJudgeBy_SaysSoInOneLine()
    {
        var (exitCode, _, error) = await CommandLine.RunAsync(
            "sensitivity", "cifar10_resnet9", "--calibration", SamplePicture.Folder, "--data", Path.Combine(_folder, "nowhere"));

        Assert.Equal(1, exitCode);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("nowhere", error, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> JsonOfAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(arguments);
        Assert.True(exitCode == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }
}
