using System.Text.Json;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Tests.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Tests.Cli;

[Collection(nameof(CommandLine))]
public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ModelsList_AsJson_HasTheEmbeddedModel()
    {
        var models = await JsonOfAsync("models", "list", "--json");

        Assert.Equal("cifar10_resnet9", models[0].GetProperty("id").GetString());
        Assert.True(models[0].GetProperty("int8SizeBytes").GetInt64() < models[0].GetProperty("sizeBytes").GetInt64());
    }

    [Fact]
    public async Task ModelsShow_AsJson_IsTheCard() =>
        Assert.Equal(32, (await JsonOfAsync("models", "show", "cifar10_resnet9", "--json")).GetProperty("preprocessing").GetProperty("size").GetInt32());

    [Fact]
    public async Task Compare_ASample_AnswersByTheContract()
    {
        var result = await JsonOfAsync("compare", Sample("frog.jpg"), "--rounds", "3", "--warmup", "1", "--json");

        Assert.Equal(3, result.GetProperty("rounds").GetInt32());
        Assert.Equal("isolated", result.GetProperty("mode").GetString());
        Assert.Equal(["control", "engine", "int8"], result.GetProperty("variants").EnumerateArray().Select(variant => variant.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Evaluate_OnFoldersByClass_CountsEveryPicture()
    {
        foreach (var sample in Directory.GetFiles(SamplePicture.Folder, "*.jpg"))
        {
            var name = Path.GetFileNameWithoutExtension(sample) is "car" ? "automobile" : Path.GetFileNameWithoutExtension(sample);
            File.Copy(sample, Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, name)).FullName, "1.jpg"));
        }

        var result = await JsonOfAsync("evaluate", "--data", _folder, "--variant", "control", "--variant", "int8", "--json");

        Assert.Equal(8, result.GetProperty("pictures").GetInt32());
        Assert.Equal(2, result.GetProperty("variants").GetArrayLength());
        Assert.Equal(1, result.GetProperty("variants")[0].GetProperty("agreementWithControl").GetDouble());
    }

    [Fact]
    public async Task Quantize_FromPictures_WritesAModelThatRuns()
    {
        var target = Path.Combine(_folder, "int8.onnx");

        var report = await JsonOfAsync("quantize", "cifar10_resnet9", "--calibration", SamplePicture.Folder, "--output", target, "--seven-bit", "--json");

        Assert.Equal(7, report.GetProperty("weightBits").GetInt32());
        Assert.Equal(8, report.GetProperty("calibrationPictures").GetInt32());
        Assert.Contains(OnnxModelFile.Load(target).Graph.Node, node => node.OpType == "QuantizeLinear");
        using var session = new InferenceSession(target);
        Assert.Equal(["logits"], session.OutputNames);
    }

    [Theory]
    [InlineData("percentile:99.9", "s8")]
    [InlineData("entropy", "u8")]
    [InlineData("mse", "u8")]
    public async Task Quantize_WithMethodAndActivations_ReportsBoth(string method, string activations)
    {
        var report = await JsonOfAsync(
            "quantize", "cifar10_resnet9", "--calibration", SamplePicture.Folder, "--output", Path.Combine(_folder, "int8.onnx"),
            "--method", method, "--activations", activations, "--json");

        Assert.Equal(method, report.GetProperty("calibrationMethod").GetString());
        Assert.Equal(activations, report.GetProperty("activations").GetString());
    }

    [Fact]
    public async Task Quantize_ToFp16_NeedsNoPicturesAndAgreesWithTheOriginal()
    {
        var target = Path.Combine(_folder, "fp16.onnx");

        var report = await JsonOfAsync("quantize", "cifar10_resnet9", "--precision", "fp16", "--output", target, "--json");
        var agreement = await JsonOfAsync("evaluate", "--data", SamplePicture.Folder, "--against", target, "--json");

        Assert.Equal(new FileInfo(target).Length, report.GetProperty("sizeAfterBytes").GetInt64());
        Assert.True(report.GetProperty("maxError").GetDouble() > 0);
        Assert.Equal(8, agreement.GetProperty("pictures").GetInt32());
        Assert.Equal(1, agreement.GetProperty("share").GetDouble());
        Assert.InRange(agreement.GetProperty("topLogitMedianError").GetDouble(), 1e-7, 0.05);
    }

    [Fact]
    public async Task Evaluate_AgainstInt8HeldOut_LeavesTheCalibrationPicturesOut()
    {
        var agreement = await JsonOfAsync("evaluate", "--data", SamplePicture.Folder, "--against", "int8", "--held-out", "3", "--json");

        Assert.Equal(5, agreement.GetProperty("pictures").GetInt32());
        Assert.Equal("int8", agreement.GetProperty("against").GetString());
    }

    [Theory]
    [InlineData("--method", "best", "min-max")]
    [InlineData("--activations", "u16", "u8")]
    [InlineData("--precision", "int4", "int8")]
    public async Task Quantize_WithABadChoice_NamesTheGoodOnes(string option, string value, string good) => Assert.Contains(
        good, await AssertComplaintAsync(2, "quantize", "cifar10_resnet9", "--calibration", SamplePicture.Folder, "--output", "x.onnx", option, value), StringComparison.Ordinal);

    [Theory]
    [InlineData("--against", "nowhere.onnx")]
    [InlineData("--held-out", "8")]
    public async Task EvaluateAgainst_BadUsage_IsNamed(string option, string value)
    {
        string[] against = option == "--against" ? [] : ["--against", "int8"];

        Assert.Contains(option, await AssertComplaintAsync(2, ["evaluate", "--data", SamplePicture.Folder, .. against, option, value]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("compare")]
    [InlineData("compare", "x.jpg", "--mode", "sprint")]
    [InlineData("models", "show", "nope")]
    [InlineData("evaluate")]
    public async Task BadUsage_OfAnyVerb_EndsWith2AndOneLine(params string[] arguments) => await AssertComplaintAsync(2, arguments);

    [Fact]
    public async Task AnOption_OutOfRange_IsNamed() =>
        Assert.Contains("--rounds", await AssertComplaintAsync(2, "compare", Sample("cat.jpg"), "--rounds", "0"), StringComparison.Ordinal);

    [Fact]
    public async Task AMissingFile_IsNamed() =>
        Assert.Contains("nowhere.jpg", await AssertComplaintAsync(1, "compare", Path.Combine(_folder, "nowhere.jpg")), StringComparison.Ordinal);

    [Fact]
    public async Task AFile_ThatIsNoPicture_IsExplained()
    {
        var text = Path.Combine(_folder, "text.jpg");
        await File.WriteAllTextAsync(text, "no picture");

        Assert.Contains("JPEG, PNG, WebP and GIF", await AssertComplaintAsync(1, "compare", text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quantize_WithoutPictures_NamesTheOption() =>
        Assert.Contains("--calibration", await AssertComplaintAsync(2, "quantize", "cifar10_resnet9", "--output", Path.Combine(_folder, "x.onnx")), StringComparison.Ordinal);

    [Theory]
    [InlineData("--pictures must be 1 or more", "--pictures", "0")]
    [InlineData("--max-drop is for --precision int8", "--precision", "fp16", "--max-drop", "0.5")]
    [InlineData("--method is for --precision int8", "--precision", "fp16", "--method", "entropy")]
    [InlineData("there is no folder", "--output", "/nowhere/at/all/int8.onnx")]
    [InlineData("there is no folder", "--calibration", "/nowhere/at/all")]
    public async Task Quantize_WithOptionsThatCannotBe_SaysSoBeforeAnyWork(string complaint, params string[] options)
    {
        string[] output = options.Contains("--output") ? [] : ["--output", Path.Combine(_folder, "x.onnx")];
        string[] calibration = options.Contains("--calibration") ? [] : ["--calibration", SamplePicture.Folder];

        Assert.Contains(complaint, await AssertComplaintAsync(2, ["quantize", "cifar10_resnet9", .. output, .. calibration, .. options]), StringComparison.Ordinal);
    }

    private static string Sample(string name) => Path.Combine(SamplePicture.Folder, name);

    private static async Task<JsonElement> JsonOfAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(arguments);
        Assert.True(exitCode == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }

    private static async Task<string> AssertComplaintAsync(int exitCode, params string[] arguments)
    {
        var (actual, _, error) = await CommandLine.RunAsync(arguments);
        Assert.Equal(exitCode, actual);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("latencylab: ", error, StringComparison.Ordinal);
        return error;
    }
}
