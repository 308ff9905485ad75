using System.Text.Json;
using LatencyLab.Tests.Models.Import;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Cli;

[Collection(nameof(CommandLine))]
public sealed class ModelsImportCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-cli-").FullName;

    private string Models => Path.Combine(_folder, "models");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Import_WithCalibration_MakesAModelThatCompareUsesAtOnce()
    {
        var labels = Path.Combine(_folder, "names.txt");
        await File.WriteAllLinesAsync(labels, ["ant", "bee", "cat", "dog", "eel"]);

        var imported = await JsonOfAsync(
            "models", "import", Graphs.Classifier().SaveTo(_folder), "--id", "mine", "--labels", labels, "--mean", "0.5,0.5,0.5", "--std", "0.5,0.5,0.5",
            "--resize", "stretch", "--license", "MIT", "--models", Models, "--calibration", SamplePicture.Folder, "--json");

        Assert.Equal("mine", imported.GetProperty("model").GetProperty("id").GetString());
        Assert.True(imported.GetProperty("model").GetProperty("int8SizeBytes").GetInt64() > 0);
        Assert.Equal(8, imported.GetProperty("int8").GetProperty("calibrationPictures").GetInt32());
        Assert.Equal(0, imported.GetProperty("model").GetProperty("notes").GetArrayLength());
        var compared = await JsonOfAsync("compare", Path.Combine(SamplePicture.Folder, "cat.jpg"), "--model", "mine", "--models", Models, "--rounds", "3", "--warmup", "1", "--json");
        Assert.All(compared.GetProperty("variants").EnumerateArray(), variant => Assert.Contains(
            variant.GetProperty("predictions")[0].GetProperty("label").GetString(), new[] { "ant", "bee", "cat", "dog", "eel" }));
    }

    [Fact]
    public async Task Import_ForPeople_SaysWhatWasAssumed()
    {
        var (exitCode, output, error) = await CommandLine.RunAsync("models", "import", Graphs.Classifier().SaveTo(_folder), "--id", "mine", "--models", Models);

        Assert.True(exitCode == 0, error);
        Assert.Contains("mine: 8 x 8 pixels, 5 classes", output, StringComparison.Ordinal);
        Assert.Contains("- No labels were given", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfSomethingElse_EndsWith1AndOneLine()
    {
        var (exitCode, _, error) = await CommandLine.RunAsync("models", "import", Path.Combine(SamplePicture.Folder, "cat.jpg"), "--models", Models);

        Assert.Equal(1, exitCode);
        Assert.Equal("latencylab: cat.jpg is a picture. Give the .onnx file of a classifier.", error.Trim());
    }

    [Theory]
    [InlineData("--mean", "1,2")]
    [InlineData("--std", "a,b,c")]
    [InlineData("--size", "big")]
    public async Task Import_WithAnOptionThatMakesNoSense_EndsWith2(string option, string value)
    {
        var (exitCode, _, error) = await CommandLine.RunAsync("models", "import", "x.onnx", option, value, "--models", Models);

        Assert.Equal(2, exitCode);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task ListPublished_AsJson_NamesWhatCanBePulled()
    {
        var published = await JsonOfAsync("models", "list", "--published", "--json");

        var resnet = published.EnumerateArray().Single(model => model.GetProperty("id").GetString() == "resnet50_v1");
        Assert.Equal(102_576_593, resnet.GetProperty("sizeBytes").GetInt64());
        Assert.False(resnet.GetProperty("isPulled").GetBoolean());
    }

    [Fact]
    public async Task Pull_OfAnUnknownModel_EndsWith2AndNamesTheKnownOnes()
    {
        var (exitCode, _, error) = await CommandLine.RunAsync("models", "pull", "nope", "--models", Models);

        Assert.Equal(2, exitCode);
        Assert.Contains("squeezenet1_1", error, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> JsonOfAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(arguments);
        Assert.True(exitCode == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }
}
