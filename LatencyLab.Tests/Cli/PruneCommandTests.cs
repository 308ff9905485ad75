using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Tests.Cli;

[Collection(nameof(CommandLine))]
public sealed class PruneCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-prune-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Prune_AModelById_WritesAModelThatRunsAndReportsTheShares()
    {
        var target = Path.Combine(_folder, "pruned.onnx");

        var (exitCode, output, error) = await CommandLine.RunAsync("prune", "cifar10_resnet9", "--multiply-adds", "0.3", "--output", target, "--json");

        Assert.True(exitCode == 0, error);
        var report = JsonDocument.Parse(output).RootElement;
        Assert.InRange(report.GetProperty("multiplyAccumulatesRemoved").GetDouble(), 0.7, 0.8);
        Assert.Equal("l1", report.GetProperty("criterion").GetString());
        using var session = new InferenceSession(target);
        Assert.Equal(["logits"], session.OutputNames);
    }

    [Fact]
    public async Task Prune_AFile_PrintsLayersAndWhatIsStillToDo()
    {
        var source = Repository.PathOf("models/cifar10_resnet9/fp32.onnx");

        var (exitCode, output, error) = await CommandLine.RunAsync("prune", source, "--keep", "0.75", "--uniform", "--output", Path.Combine(_folder, "p.onnx"));

        Assert.True(exitCode == 0, error);
        Assert.Contains("320 -> 240", output, StringComparison.Ordinal);
        Assert.Contains("models/training/", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--keep", "0.5", "--multiply-adds", "0.5")]
    [InlineData("--keep", "0")]
    [InlineData("--multiply-adds", "1.5")]
    [InlineData("--round", "0")]
    [InlineData("--by", "luck")]
    public async Task Prune_BadOptions_EndWith2(params string[] options) =>
        await AssertComplaintAsync(2, options[0], ["prune", "cifar10_resnet9", "--output", Path.Combine(_folder, "p.onnx"), .. options]);

    [Fact]
    public async Task Prune_Help_NamesTheCriteriaAsTheApiDoes()
    {
        var (_, output, _) = await CommandLine.RunAsync("prune", "--help");

        Assert.Contains("l1|batchnorm", output, StringComparison.Ordinal);
        Assert.DoesNotContain("BatchNorm|", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prune_AFileThatIsMissing_NamesIt() =>
        await AssertComplaintAsync(1, "nowhere.onnx", ["prune", Path.Combine(_folder, "nowhere.onnx"), "--output", Path.Combine(_folder, "p.onnx")]);

    [Fact]
    public async Task Prune_SkippingAnUnknownLayer_ListsTheLayers() =>
        await AssertComplaintAsync(1, "/classifier/Gemm", ["prune", "cifar10_resnet9", "--skip", "nope", "--output", Path.Combine(_folder, "p.onnx")]);

    private static async Task AssertComplaintAsync(int expected, string named, string[] arguments)
    {
        var (exitCode, _, error) = await CommandLine.RunAsync(arguments);
        Assert.Equal(expected, exitCode);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(named, error, StringComparison.Ordinal);
    }
}
