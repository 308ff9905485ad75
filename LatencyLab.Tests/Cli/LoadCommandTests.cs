using System.Text.Json;

namespace LatencyLab.Tests.Cli;

[Collection(nameof(CommandLine))]
public sealed class LoadCommandTests
{
    [Fact]
    public async Task OpenLoop_AsJson_HasTheFieldsOfTheContract()
    {
        var result = JsonDocument.Parse(await OutputOfAsync("--open-loop", "--rate", "20", "--duration", "1", "--schedule", "constant", "--json")).RootElement;

        Assert.Equal("open-loop", result.GetProperty("mode").GetString());
        Assert.Equal("constant", result.GetProperty("schedule").GetString());
        Assert.Equal(20, result.GetProperty("offeredRps").GetDouble(), 0.5);
        Assert.Equal(20, result.GetProperty("samples").GetInt64() + result.GetProperty("unsent").GetInt64());
        Assert.All(["achievedRps", "p50Ms", "naiveP50Ms", "stages", "timeline", "environment", "histograms"], name => Assert.True(result.TryGetProperty(name, out _), name));
        // 20 samples are too few.
        Assert.False(result.TryGetProperty("p99Ms", out _));
        Assert.False(result.TryGetProperty("sendErrorP99Ms", out _));
        Assert.True(result.GetProperty("histograms").GetProperty("stages").TryGetProperty("inference", out _));
    }

    [Fact]
    public async Task ClosedLoop_AsText_SaysWhatEachFigureNeeds()
    {
        var output = await OutputOfAsync("--closed-loop", "--clients", "2", "--duration", "0.5", "--warmup", "0.1");

        Assert.Contains("from the intended start", output, StringComparison.Ordinal);
        Assert.Contains("naive, from the send", output, StringComparison.Ordinal);
        Assert.Contains("2 clients", output, StringComparison.Ordinal);
        Assert.Contains("inference", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindRate_WithABoundThatNothingKeeps_SaysSoAndFails()
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(
            "load", "--variant", "int8", "--find-rate", "--p99", "0.001", "--rate", "0.3", "--duration", "0.2", "--warmup", "0");

        Assert.True(exitCode == 1, error);
        Assert.Contains("at none of the rates", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--open-loop", "--open-loop", "--closed-loop", "--rate", "5")]
    [InlineData("--find-rate", "--rate", "5")]
    [InlineData("--rate", "--open-loop")]
    [InlineData("--rate", "--open-loop", "--rate", "0")]
    [InlineData("--duration", "--open-loop", "--rate", "5", "--duration", "-1")]
    [InlineData("--schedule", "--open-loop", "--rate", "5", "--schedule", "sometimes")]
    [InlineData("--arrivals", "--open-loop", "--schedule", "recorded")]
    [InlineData("--clients", "--closed-loop", "--clients", "0")]
    [InlineData("--warmup", "--closed-loop", "--warmup", "-1")]
    [InlineData("--p99", "--find-rate")]
    [InlineData("--url", "--closed-loop", "--url", "localhost")]
    public async Task BadUsage_NamesTheOptionInOneLine(string named, params string[] options)
    {
        var (exitCode, _, error) = await CommandLine.RunAsync(["load", "--variant", "int8", .. options]);

        Assert.Equal(2, exitCode);
        Assert.Contains(named, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_ThatIsNotThere_IsOneLineAndCode1()
    {
        var (exitCode, _, error) = await CommandLine.RunAsync("load", "--variant", "int8", "--closed-loop", "--url", "http://127.0.0.1:9");

        Assert.Equal(1, exitCode);
        Assert.Contains("cannot be reached", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static async Task<string> OutputOfAsync(params string[] options)
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(["load", "--variant", "int8", .. options]);
        Assert.True(exitCode == 0, error);
        return output;
    }
}
