using System.Text.Json;
using LatencyLab.Inference.Frontier;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Models;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Frontier;

public sealed class FrontierMeasurementTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-frontier-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TheBaseModel_Alone_IsMeasuredInEveryPrecision()
    {
        var result = await MeasureAsync([]);

        Assert.Equal(["control", "engine", "int8"], result.Rows.Select(row => row.VariantId).Order());
        Assert.Equal(result.Rows.Select(row => row.InferenceP50Ms).Order(), result.Rows.Select(row => row.InferenceP50Ms));
        Assert.Equal(2, result.Rounds);
        Assert.Empty(result.Problems);
        var control = Row(result, "cifar10_resnet9", "control");
        Assert.Equal((1, 1, 1), (control.Speedup.Value, control.Speedup.Ci95[0], control.Speedup.Ci95[1]));
        Assert.Equal(0, control.DropPoints);
        Assert.All(result.Rows, row => Assert.InRange(control.InferenceP50Ms / row.InferenceP50Ms / row.Speedup.Value, 0.999, 1.001));
        Assert.Contains(result.Rows, row => row.OnFrontier);
    }

    [Fact]
    public async Task Accuracies_AreThoseOfTheCard()
    {
        var result = await MeasureAsync([]);

        using var card = JsonDocument.Parse(File.ReadAllText(EmbeddedZoo.Default.CardPath));
        var fp32 = card.RootElement.GetProperty("accuracy").GetProperty("cifar10_test").GetProperty("top1").GetDouble();
        Assert.Equal(fp32, Row(result, "cifar10_resnet9", "engine").Top1);
        var variant = card.RootElement.GetProperty("variants").GetProperty(VariantRegistry.ShippedPrecision(Precisions.Int8));
        if (variant.TryGetProperty("accuracy", out var accuracy))
        {
            var int8 = accuracy.GetProperty("cifar10_test").GetProperty("top1").GetDouble();
            Assert.Equal(int8, Row(result, "cifar10_resnet9", "int8").Top1);
            Assert.Equal(100 * (fp32 - int8), Row(result, "cifar10_resnet9", "int8").DropPoints!.Value, 9);
        }
    }

    [Fact]
    public async Task AModel_WithTheSameLabels_IsMeasuredBesideTheBase()
    {
        Copy("twin", card => card.Replace("\"top1\": 0.9", "\"top1\": 0.8", StringComparison.Ordinal));

        var result = await MeasureAsync(["twin"], _folder);

        Assert.Equal(6, result.Rows.Count);
        Assert.Equal(10, Row(result, "twin", "engine").DropPoints!.Value, 6);
        Assert.False(Row(result, "twin", "control").OnFrontier);
    }

    [Fact]
    public async Task AConfiguration_WhoseFileIsDamaged_LeavesTheOthersStanding()
    {
        var path = Copy("damaged", card => card);
        File.WriteAllText(Path.Combine(path, "int8.onnx"), "no model");
        File.WriteAllText(Path.Combine(path, "int8_seven_bit.onnx"), "no model");

        var result = await MeasureAsync(["damaged"], _folder);

        Assert.Equal(5, result.Rows.Count);
        Assert.Contains("damaged int8", Assert.Single(result.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AModel_OfAnotherTask_IsLeftOutAndRefusedByName()
    {
        var path = Copy("other", card => card);
        File.WriteAllLines(Path.Combine(path, "labels.txt"), Enumerable.Range(0, 10).Select(i => $"thing {i}"));

        Assert.DoesNotContain((await MeasureAsync(null, _folder)).Rows, row => row.ModelId == "other");
        var error = await Assert.ThrowsAsync<InvalidModelException>(() => MeasureAsync(["other"], _folder));
        Assert.Contains("labels differ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AModel_ThatIsNotThere_IsNamed() =>
        Assert.Contains("nowhere", (await Assert.ThrowsAsync<KeyNotFoundException>(() => MeasureAsync(["nowhere"]))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task Rounds_OutOfRange_AreRefused(int rounds) => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
        Create([]).RunAsync(new FrontierRequest { BaseModelId = "cifar10_resnet9", Rounds = rounds }, progress: null, CancellationToken.None));

    private static Task<FrontierResult> MeasureAsync(string[]? modelIds, params string[] folders) => Create(folders).RunAsync(
        new FrontierRequest { BaseModelId = "cifar10_resnet9", ModelIds = modelIds, Rounds = 2 }, progress: null, CancellationToken.None);

    private static FrontierMeasurement Create(string[] folders) => new(
        new ModelCatalogue([EmbeddedZoo.Folder, .. folders]), new LoadedZoo.NoPreparer(), new ClassifierGate(1, 8), TimeProvider.System);

    private static FrontierRow Row(FrontierResult result, string modelId, string variantId) =>
        result.Rows.Single(row => row.ModelId == modelId && row.VariantId == variantId);

    /// <summary>The embedded model under another name.</summary>
    private string Copy(string id, Func<string, string> change)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, id)).FullName;
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(EmbeddedZoo.Default.CardPath)!))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
        var card = Path.Combine(folder, "model.json");
        File.WriteAllText(card, change(File.ReadAllText(card).Replace("cifar10_resnet9", id, StringComparison.Ordinal)));
        return folder;
    }
}
