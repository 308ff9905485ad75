using System.Text.Json;

namespace LatencyLab.Tests.Cli;

[Collection(nameof(CommandLine))]
public sealed class ProfileCommandTests
{
    [Fact]
    public async Task Profile_AsJson_HasACellForEachBatchAndIsWrittenToTheFile()
    {
        var file = Path.GetTempFileName();
        try
        {
            var (exitCode, output, error) = await CommandLine.RunAsync(
                "profile", "--variant", "int8", "--batches", "1,2,4", "--sizes", "64", "--runs", "2", "--repetitions", "1", "--json", "--output", file);

            Assert.True(exitCode == 0, error);
            var result = JsonDocument.Parse(output).RootElement;
            Assert.Equal([1, 2, 4], result.GetProperty("cells").EnumerateArray().Select(cell => cell.GetProperty("batch").GetInt32()));
            Assert.Equal(32, result.GetProperty("cells")[0].GetProperty("inputPx").GetInt32());
            Assert.Contains("fixes the input at 32", result.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
            Assert.True(JsonElement.DeepEquals(result, JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Monitor_AsJson_NamesEveryMetric()
    {
        var (exitCode, output, error) = await CommandLine.RunAsync("monitor", "--seconds", "0.3", "--period-ms", "20", "--json");

        Assert.True(exitCode == 0, error);
        var series = JsonDocument.Parse(output).RootElement;
        var samples = series.GetProperty("timesMs").GetArrayLength();
        Assert.True(samples > 1);
        Assert.All(series.GetProperty("metrics").EnumerateArray(), metric =>
        {
            Assert.NotEmpty(metric.GetProperty("unit").GetString()!);
            Assert.Equal(samples, metric.GetProperty("values").GetArrayLength());
        });
        Assert.True(series.GetProperty("cost").GetProperty("shareOfOneCore").GetDouble() > 0);
    }

    [Theory]
    [InlineData("profile", "nope")]
    [InlineData("profile", "--variant", "nope")]
    [InlineData("profile", "--batches", "1,x")]
    [InlineData("profile", "--batches", "0")]
    [InlineData("profile", "--runs", "0")]
    [InlineData("profile", "--resume", "somewhere", "--runs", "5")]
    [InlineData("monitor", "--seconds", "0")]
    [InlineData("monitor", "--period-ms", "1")]
    public async Task BadUsage_EndsWith2AndOneLine(params string[] arguments)
    {
        var (exitCode, _, error) = await CommandLine.RunAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.StartsWith("latencylab: ", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_OfAFileThatIsNotThere_FailsAndNamesIt()
    {
        var (exitCode, _, error) = await CommandLine.RunAsync("profile", "--resume", "nowhere.jsonl");

        Assert.Equal(1, exitCode);
        Assert.Contains("nowhere.jsonl", error, StringComparison.Ordinal);
    }
}
