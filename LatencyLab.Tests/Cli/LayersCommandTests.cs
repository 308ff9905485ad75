using System.Text.Json;

namespace LatencyLab.Tests.Cli;

[Collection(nameof(CommandLine))]
public sealed class LayersCommandTests
{
    [Fact]
    public async Task Layers_OfAVariant_AreATableWithTotalsByOperator()
    {
        var output = await OutputOfAsync("models", "layers", "cifar10_resnet9", "--variant", "int8", "--runs", "2");

        Assert.Contains("/features/features.0/features.0.0/Conv", output, StringComparison.Ordinal);
        Assert.Contains("QLinearConv", output, StringComparison.Ordinal);
        Assert.Contains("layers in INT8", output, StringComparison.Ordinal);
        Assert.Contains("memory", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Layers_AgainstAnotherVariant_AreExplained()
    {
        var output = await OutputOfAsync("models", "layers", "cifar10_resnet9", "--variant", "control", "--against", "int8", "--runs", "2");

        Assert.Contains("The layers of int8 are", output, StringComparison.Ordinal);
        Assert.Contains("Conv float32", output, StringComparison.Ordinal);
        Assert.Contains("QLinearConv INT8", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Layers_AsJson_FollowTheWishes()
    {
        var profile = JsonDocument.Parse(await OutputOfAsync(
            "models", "layers", "cifar10_resnet9", "--variant", "control", "--runs", "2", "--threads", "2", "--json")).RootElement;

        Assert.Equal(2, profile.GetProperty("runs").GetInt32());
        Assert.Equal(2, profile.GetProperty("threads").GetInt32());
    }

    [Fact]
    public async Task Frontier_AsJson_HasARowForEachConfiguration()
    {
        var result = JsonDocument.Parse(await OutputOfAsync("models", "frontier", "--only", "cifar10_resnet9", "--rounds", "2", "--json")).RootElement;

        Assert.Equal("cifar10_resnet9", result.GetProperty("baseModelId").GetString());
        foreach (var row in result.GetProperty("rows").EnumerateArray())
        {
            Assert.All(
                ["modelId", "precision", "inferenceP50Ms", "speedup", "sizeBytes", "onFrontier"], name => Assert.True(row.TryGetProperty(name, out _), name));
        }
    }

    [Fact]
    public async Task Frontier_AsText_SaysWhatItIsHeldAgainst() => Assert.Contains(
        "against cifar10_resnet9 control", await OutputOfAsync("models", "frontier", "--only", "cifar10_resnet9", "--rounds", "2"), StringComparison.Ordinal);

    [Theory]
    [InlineData("models", "layers", "cifar10_resnet9")]
    [InlineData("models", "layers", "nope", "--variant", "int8")]
    [InlineData("models", "layers", "cifar10_resnet9", "--variant", "nope")]
    [InlineData("models", "layers", "cifar10_resnet9", "--variant", "int8", "--runs", "0")]
    [InlineData("models", "layers", "cifar10_resnet9", "--variant", "int8", "--threads", "0")]
    [InlineData("models", "frontier", "--base", "nope")]
    [InlineData("models", "frontier", "--only", "nope")]
    [InlineData("models", "frontier", "--rounds", "1001")]
    public async Task BadUsage_OfEitherVerb_EndsWith2AndOneLine(params string[] arguments)
    {
        var (exitCode, _, error) = await CommandLine.RunAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.StartsWith("latencylab: ", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static async Task<string> OutputOfAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(arguments);
        Assert.True(exitCode == 0, error);
        return output;
    }
}
