using System.Globalization;
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
    [InlineData("--clients does not apply here: it is for --closed-loop", "--open-loop", "--rate", "5", "--clients", "5")]
    [InlineData("--p99 does not apply here: it is for --find-rate", "--open-loop", "--rate", "5", "--p99", "4")]
    [InlineData("--callers does not apply here: it is for --open-loop", "--closed-loop", "--callers", "2")]
    [InlineData("--rate does not apply here", "--closed-loop", "--rate", "5")]
    [InlineData("--rate does not apply here", "--open-loop", "--schedule", "recorded", "--rate", "5")]
    [InlineData("--schedule does not apply here", "--find-rate", "--p99", "4", "--schedule", "ramp")]
    [InlineData("--arrivals does not apply here", "--open-loop", "--rate", "5", "--arrivals", "log.txt")]
    [InlineData("--from-rate does not apply here", "--open-loop", "--rate", "5", "--from-rate", "1")]
    [InlineData("--seed does not apply here", "--open-loop", "--rate", "5", "--schedule", "constant", "--seed", "2")]
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

    [Fact]
    public async Task Recorded_WithoutADuration_IsSentToItsEnd()
    {
        using var recording = new Recording();

        var result = JsonDocument.Parse(await OutputOfAsync("--open-loop", "--schedule", "recorded", "--arrivals", recording.File, "--warmup", "0", "--json")).RootElement;

        Assert.Equal(Recording.Arrivals, result.GetProperty("samples").GetInt64() + result.GetProperty("unsent").GetInt64());
        Assert.Equal(0, result.GetProperty("leftOut").GetInt64());
    }

    [Fact]
    public async Task Recorded_WithAShorterDuration_SaysHowManyArrivalsWereLeftOut()
    {
        using var recording = new Recording();
        string[] options = ["--open-loop", "--schedule", "recorded", "--arrivals", recording.File, "--warmup", "0", "--duration", "0.35"];

        var text = await OutputOfAsync(options);
        var result = JsonDocument.Parse(await OutputOfAsync([.. options, "--json"])).RootElement;

        Assert.Contains("6 recorded arrivals come after the measured", text, StringComparison.Ordinal);
        Assert.Equal(4, result.GetProperty("samples").GetInt64() + result.GetProperty("unsent").GetInt64());
        Assert.Equal(6, result.GetProperty("leftOut").GetInt64());
    }

    [Fact]
    public async Task Service_BeyondItsRateLimit_IsSaidWithTheSettingAndTheProcessorIsTheSenders()
    {
        await using var service = await RateLimitedService.StartAsync(answers: 5);

        var output = await OutputOfAsync("--open-loop", "--rate", "20", "--schedule", "constant", "--duration", "1", "--warmup", "0", "--url", service.Address);

        Assert.Matches(@"- \d+ requests failed: rate-limited", output);
        Assert.Contains("LatencyLab:Web:RequestsPerMinute", output, StringComparison.Ordinal);
        Assert.Matches(@"int8 at http://127\.0\.0\.1:\d+/, sent from .+ cores; picture: drawn, 640 × 480", output);
    }

    [Fact]
    public async Task Service_WhoseRateLimitIsReachedBefore_IsRefusedWithTheSetting()
    {
        await using var service = await RateLimitedService.StartAsync(answers: 0);

        var (exitCode, _, error) = await CommandLine.RunAsync("load", "--variant", "int8", "--closed-loop", "--url", service.Address);

        Assert.Equal(1, exitCode);
        Assert.Contains("429 (rate-limited)", error, StringComparison.Ordinal);
        Assert.Contains("LatencyLab:Web:RequestsPerMinute", error, StringComparison.Ordinal);
    }

    private static async Task<string> OutputOfAsync(params string[] options)
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(["load", "--variant", "int8", .. options]);
        Assert.True(exitCode == 0, error);
        return output;
    }

    /// <summary>A file with ten arrivals, a tenth of a second apart.</summary>
    private sealed class Recording : IDisposable
    {
        public const int Arrivals = 10;

        public Recording() => System.IO.File.WriteAllLines(
            File, Enumerable.Range(0, Arrivals).Select(arrival => (0.1 * arrival).ToString("0.0", CultureInfo.InvariantCulture)));

        public string File { get; } = Path.GetTempFileName();

        public void Dispose() => System.IO.File.Delete(File);
    }
}
