using System.Text.Json;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Runtime;
using LatencyLab.Tests.Evaluation;
using LatencyLab.Tests.Models;
using LatencyLab.Tests.Models.Import;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Cli;

[Collection(nameof(CommandLine))]
public sealed class EvaluateCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-evaluate-").FullName;

    private string Models => Path.Combine(_folder, "models");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AClassifierOfOnesOwn_ImportedEvaluatedAndMeasured_HasItsPlaceOnTheFrontier()
    {
        string[] classes = ["ant", "bee", "cat", "dog", "eel"];
        var labels = Path.Combine(_folder, "names.txt");
        await File.WriteAllLinesAsync(labels, classes);
        await JsonOfAsync(
            "models", "import", Graphs.Classifier().SaveTo(_folder), "--id", "mine", "--labels", labels, "--models", Models,
            "--calibration", SamplePicture.Folder, "--json");

        var evaluation = await JsonOfAsync(
            "evaluate", "--model", "mine", "--data", LabelledSamples.CopyTo(Path.Combine(_folder, "val"), classes), "--write", "--models", Models, "--json");
        var frontier = await JsonOfAsync("models", "frontier", "--base", "mine", "--models", Models, "--rounds", "2", "--json");

        Assert.Equal(["control", "int8"], evaluation.GetProperty("written").EnumerateArray().Select(one => one.GetProperty("variantId").GetString()));
        Assert.Equal("val", frontier.GetProperty("dataSet").GetString());
        var control = evaluation.GetProperty("variants")[0].GetProperty("top1").GetDouble();
        Assert.All(frontier.GetProperty("rows").EnumerateArray(), row => Assert.Equal("mine", row.GetProperty("modelId").GetString()));
        Assert.All(
            frontier.GetProperty("rows").EnumerateArray().Where(row => row.GetProperty("precision").GetString() == "fp32"),
            row => Assert.Equal(control, row.GetProperty("top1").GetDouble()));
        Assert.Contains(frontier.GetProperty("rows").EnumerateArray(), row => row.GetProperty("onFrontier").GetBoolean());
    }

    [Fact]
    public async Task AllFiles_OfTheEmbeddedModel_HaveTheHashesOfTheCard()
    {
        var evaluation = await JsonOfAsync(
            "evaluate", "--data", LabelledSamples.CopyTo(Path.Combine(_folder, "val")), "--variant", "control", "--all-files", "--json");

        var model = EmbeddedZoo.Default;
        var names = model.Card.Variants.Keys.Where(name => name != Precisions.Int8 || !CpuCapabilities.Current.NeedsSevenBitWeights).ToArray();
        Assert.Equal(["control", .. names], Values(evaluation, "id"));
        Assert.Equal([model.Card.Sha256, .. names.Select(name => model.FileOf(name)!.Sha256)], Values(evaluation, "sha256"));
        Assert.False(evaluation.TryGetProperty("written", out _));
    }

    [Fact]
    public async Task Write_UnderAName_SaysWhereItIs()
    {
        var model = CopiedModel.Create(Models, "mine", CopiedModel.WithoutAccuracy);

        var (exitCode, output, error) = await CommandLine.RunAsync(
            "evaluate", "--model", "mine", "--data", LabelledSamples.CopyTo(Path.Combine(_folder, "val")), "--variant", "control",
            "--write", "--data-set", "cifar10_test", "--models", Models);

        Assert.True(exitCode == 0, error);
        Assert.Contains($"- control: written to {model.CardPath} as cifar10_test", output, StringComparison.Ordinal);
        Assert.Equal("cifar10_test", Assert.Single(MeasuredAccuracy.Of(ModelCardReader.Read(model.CardPath).Card)).Data);
    }

    [Fact]
    public async Task Write_IntoAReadOnlyCard_EndsWith1AndNamesIt()
    {
        var model = CopiedModel.Create(Models, "mine", card => card);
        File.SetAttributes(model.CardPath, FileAttributes.ReadOnly);

        var (exitCode, output, error) = await CommandLine.RunAsync(
            "evaluate", "--model", "mine", "--data", LabelledSamples.CopyTo(Path.Combine(_folder, "val")), "--variant", "control", "--write", "--models", Models);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains($"{model.CardPath} is read-only", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AModel_WhoseInt8CannotBeMade_IsEvaluatedInFp32AndTheReasonIsTold()
    {
        CopiedModel.Create(Models, "mine", card => card with { Variants = new Dictionary<string, ModelFileCard>() });

        var (exitCode, output, error) = await CommandLine.RunAsync(
            "evaluate", "--model", "mine", "--data", LabelledSamples.CopyTo(Path.Combine(_folder, "val")), "--models", Models);

        Assert.Equal(1, exitCode);
        Assert.Contains("control", output, StringComparison.Ordinal);
        Assert.StartsWith("latencylab: int8: mine ships without an INT8 file", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--data-set", "val")]
    [InlineData("--write", "--data-set", " ")]
    [InlineData("--write", "--against", "int8")]
    [InlineData("--all-files", "--against", "int8")]
    public async Task Options_ThatContradict_EndWith2AndOneLine(params string[] options)
    {
        var (exitCode, _, error) = await CommandLine.RunAsync(["evaluate", "--data", SamplePicture.Folder, .. options]);

        Assert.Equal(2, exitCode);
        Assert.StartsWith("latencylab: --", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Values(JsonElement evaluation, string name) =>
        evaluation.GetProperty("variants").EnumerateArray().Select(variant => variant.GetProperty(name).GetString());

    private static async Task<JsonElement> JsonOfAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(arguments);
        Assert.True(exitCode == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }
}
