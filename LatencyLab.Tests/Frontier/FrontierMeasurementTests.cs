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
    public async Task AVariantThatWasMade_HasARowOfItsOwnAndAPlaceOnceItsAccuracyIsKnown()
    {
        var made = new MadeVariants(_folder);
        made.Add(Made(made, "int8-mse"));

        var before = await MeasureAsync(made);
        made.EnterAccuracy(Made(made, "int8-mse"), new("cifar10_test", Precisions.Int8, 0.99, 1, 8, null));
        var after = await MeasureAsync(made);

        Assert.Equal((null, false, "int8"), (Row(before, "cifar10_resnet9", "int8-mse").Top1, Row(before, "cifar10_resnet9", "int8-mse").OnFrontier, Row(before, "cifar10_resnet9", "int8-mse").Precision));
        Assert.Contains(before.Insights, insight => insight.Kind == "unknown-accuracy" && insight.Text.Contains("--model cifar10_resnet9", StringComparison.Ordinal)
            && insight.Text.EndsWith("--write --data-set cifar10_test", StringComparison.Ordinal));
        Assert.Equal((0.99, true), (Row(after, "cifar10_resnet9", "int8-mse").Top1, Row(after, "cifar10_resnet9", "int8-mse").OnFrontier));
        Assert.Equal("cifar10_test", after.DataSet);
    }

    [Fact]
    public async Task AVariantThatWasMade_AndDamagedSince_LeavesTheOthersStanding()
    {
        var made = new MadeVariants(_folder);
        made.Add(Made(made, "int8-mse"));
        await File.AppendAllTextAsync(Path.Combine(_folder, "int8-mse.onnx"), "x");

        var result = await MeasureAsync(made);

        Assert.Equal(3, result.Rows.Count);
        Assert.Contains("int8-mse", Assert.Single(result.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnInt8FileMadeOnDemand_HasTheAccuracyThatWasMeasuredOfIt()
    {
        CopiedModel.Create(_folder, "mine", card => card with { Variants = new Dictionary<string, ModelFileCard>() });
        var file = new ModelFile(Path.Combine(_folder, "on-demand.onnx"), null);
        File.Copy(EmbeddedZoo.Default.FileOf(Precisions.Int8SevenBit)!.Path, file.Path);
        FileCard.Write(file, file.ComputeSha256(), new("cifar10_test", Precisions.Int8, 0.875, 1, 8, null));

        var result = await new FrontierMeasurement(new ModelCatalogue([_folder]), new Preparer(file), new ClassifierGate(1, 8), TimeProvider.System).RunAsync(
            new FrontierRequest { BaseModelId = "mine", Rounds = 1 }, progress: null, CancellationToken.None);

        Assert.Equal(0.875, Row(result, "mine", "int8").Top1);
    }

    [Fact]
    public async Task AnAccuracy_WrittenWhileTheProgramRuns_Counts()
    {
        var model = CopiedModel.Create(_folder, "mine", CopiedModel.WithoutAccuracy);
        var measurement = Create([_folder]);
        var request = new FrontierRequest { BaseModelId = "mine", ModelIds = [], Rounds = 1 };
        Assert.All((await measurement.RunAsync(request, progress: null, CancellationToken.None)).Rows, row => Assert.Null(row.Top1));

        ModelCardAccuracy.Write(model.CardPath, model.Card.Sha256!, new("val", Precisions.Fp32, 0.5, 1, 8, null));

        var result = await measurement.RunAsync(request, progress: null, CancellationToken.None);
        Assert.Equal(("val", 0.5), (result.DataSet, Row(result, "mine", "engine").Top1));
    }

    [Fact]
    public void Bases_AModelWithOthersOfItsTaskComesFirst()
    {
        CopiedModel.Create(_folder, "twin", card => card);
        File.WriteAllLines(Path.Combine(Path.GetDirectoryName(CopiedModel.Create(_folder, "lone", card => card).CardPath)!, "labels.txt"), Enumerable.Range(0, 10).Select(i => $"thing {i}"));
        CopiedModel.Create(_folder, "another", card => card);
        var catalogue = new ModelCatalogue([_folder]);

        Assert.Equal([new("twin", "twin", 1), new("another", "another", 1), new("lone", "lone", 0)], FrontierBase.Of(catalogue, "twin"));
        Assert.Equal(["another", "twin", "lone"], FrontierBase.Of(catalogue, "lone").Select(model => model.ModelId));
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

    private static Task<FrontierResult> MeasureAsync(MadeVariants made) => Create([], made).RunAsync(
        new FrontierRequest { BaseModelId = "cifar10_resnet9", ModelIds = [], Rounds = 2 }, progress: null, CancellationToken.None);

    private static FrontierMeasurement Create(string[] folders, MadeVariants? made = null) => new(
        new ModelCatalogue([EmbeddedZoo.Folder, .. folders]), new LoadedZoo.NoPreparer(), new ClassifierGate(1, 8), TimeProvider.System, made);

    /// <summary>A variant whose file is the embedded one with 7-bit weights.</summary>
    private static MadeVariant Made(MadeVariants made, string id)
    {
        var shipped = EmbeddedZoo.Default.FileOf(Precisions.Int8SevenBit)!;
        File.Copy(shipped.Path, Path.Combine(made.Folder, $"{id}.onnx"), overwrite: true);
        return new MadeVariant
        {
            ModelId = "cifar10_resnet9",
            ModelSha256 = EmbeddedZoo.Default.Card.Sha256!,
            Options = new VariantOptions { Id = id, Title = id, Precision = Precisions.Int8 },
            File = $"{id}.onnx",
            Sha256 = shipped.Sha256!,
            MadeAt = DateTimeOffset.UnixEpoch,
        };
    }

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

    private sealed class Preparer(ModelFile file) : IModelPreparer
    {
        public Task<ModelFile> PrepareAsync(Model model, string precision, IProgress<double>? progress, CancellationToken cancellationToken) => Task.FromResult(file);
    }
}
