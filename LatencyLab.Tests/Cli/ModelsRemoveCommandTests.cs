using System.Text.Json;
using LatencyLab.Tests.Models.Import;

namespace LatencyLab.Tests.Cli;

[Collection(nameof(CommandLine))]
public sealed class ModelsRemoveCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-cli-").FullName;

    private string Models => Path.Combine(_folder, "models");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Remove_OfAnImportedModel_TakesItsFilesAway(bool json)
    {
        var (imported, _, problem) = await CommandLine.RunAsync("models", "import", Graphs.Classifier().SaveTo(_folder), "--id", "mine", "--models", Models);
        Assert.True(imported == 0, problem);

        var (exitCode, output, error) = await CommandLine.RunAsync(["models", "remove", "mine", "--models", Models, .. json ? ["--json"] : Array.Empty<string>()]);

        Assert.True(exitCode == 0, error);
        if (json)
        {
            var removed = JsonDocument.Parse(output).RootElement;
            Assert.Equal("mine", removed.GetProperty("id").GetString());
            Assert.Equal(Path.Combine(Models, "mine"), removed.GetProperty("folder").GetString());
            Assert.Equal(0, removed.GetProperty("variants").GetArrayLength());
        }
        else
        {
            Assert.Equal($"mine is removed: 0.0 MB in {Path.Combine(Models, "mine")}", output.Trim());
        }
        Assert.Empty(Directory.GetFileSystemEntries(Models));
        Assert.Equal(2, (await CommandLine.RunAsync("models", "remove", "mine", "--models", Models)).ExitCode);
    }

    [Fact]
    public async Task Remove_OfAModelThatShips_EndsWith1AndSaysWhy()
    {
        var (exitCode, _, error) = await CommandLine.RunAsync("models", "remove", "cifar10_resnet9_small");

        Assert.Equal(1, exitCode);
        Assert.Contains("`cifar10_resnet9_small` stays: it ships with the program", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remove_OfAnUnknownModel_EndsWith2AndNamesTheKnownOnes()
    {
        var (exitCode, _, error) = await CommandLine.RunAsync("models", "remove", "nope");

        Assert.Equal(2, exitCode);
        Assert.Contains("cifar10_resnet9_small", error, StringComparison.Ordinal);
    }
}
