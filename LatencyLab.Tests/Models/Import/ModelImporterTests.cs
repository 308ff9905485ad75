using System.Security.Cryptography;
using Google.Protobuf;
using LatencyLab.Inference.Imaging.Preprocessing;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Models.Import;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Tests.Optimization;
using LatencyLab.Tests.Requirements;
using Microsoft.ML.OnnxRuntime;
using DataType = LatencyLab.Inference.Optimization.Onnx.TensorProto.Types.DataType;

namespace LatencyLab.Tests.Models.Import;

public sealed class ModelImporterTests : IDisposable
{
    private static readonly float[] Picture = [.. Enumerable.Range(0, 192).Select(i => MathF.Sin(i))];

    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-import-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AClassifier_WithoutOptions_GetsACardAndSaysWhatWasAssumed()
    {
        var path = Graphs.Classifier().SaveTo(_folder, "My Model (v2).onnx");

        var imported = await ImportAsync(path);

        var model = imported.Model;
        Assert.Equal("my_model_v2", model.Id);
        Assert.Equal(8, model.Card.Preprocessing.Size);
        Assert.Equal(["class 0", "class 1", "class 2", "class 3", "class 4"], model.Labels);
        Assert.Equal((4 * 27) + 4 + (4 * 5) + 5, model.Card.Parameters);
        Assert.Equal((4 * 8 * 8 * 27) + (4 * 5), model.Card.MultiplyAccumulates);
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(model.File.Path));
        await model.File.VerifyAsync(CancellationToken.None);
        Assert.Contains(imported.Notes, note => note.Contains("class 0 to class 4", StringComparison.Ordinal));
        Assert.Contains(imported.Notes, note => note.Contains("assumed to be ImageNet's", StringComparison.Ordinal));
        Assert.Equal(["fp32.onnx", "labels.txt", "model.json"], Directory.GetFiles(Path.GetDirectoryName(model.CardPath)!).Select(Path.GetFileName).Order());
        Assert.Equal(["my_model_v2"], Directory.GetFileSystemEntries(Target).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Options_WhereGiven_AreInTheCardAndNothingIsAssumed()
    {
        var labels = Path.Combine(_folder, "names.txt");
        await File.WriteAllTextAsync(labels, "cat\ndog\nbird, small\nfrog\nfish\n\n");

        var imported = await ImportAsync(Graphs.Classifier().SaveTo(_folder), new()
        {
            Id = "Pets.1", Title = "Pets", LabelsPath = labels, Mean = [0.1f, 0.2f, 0.3f], Std = [0.4f, 0.5f, 0.6f], Resize = "stretch", License = "MIT",
        });

        var model = imported.Model;
        Assert.Empty(imported.Notes);
        Assert.Equal(("Pets.1", "Pets", "MIT"), (model.Id, model.Title, model.Card.License));
        Assert.Equal("bird, small", model.Labels[2]);
        Assert.Equal([0.1f, 0.2f, 0.3f], model.Preprocessing.Mean);
        Assert.Equal([0.4f, 0.5f, 0.6f], model.Preprocessing.Std);
        Assert.Equal(ResizeMode.Stretch, model.Preprocessing.Resize);
    }

    [Fact]
    public async Task Labels_WithWordNetIdentifiers_LoseThem()
    {
        var labels = Path.Combine(_folder, "synset.txt");
        await File.WriteAllLinesAsync(labels, Enumerable.Range(0, 5).Select(i => $"n0144076{i} name {i}, other name"));

        Assert.Equal("name 3, other name", (await ImportAsync(Graphs.Classifier().SaveTo(_folder), new() { LabelsPath = labels })).Model.Labels[3]);
    }

    [Fact]
    public async Task WeightsBesideTheModel_AreMovedIntoIt()
    {
        var inside = Graphs.Classifier();
        var expected = ModelRunner.Run(inside, Picture, [3, 8, 8]);
        var path = inside.WithExternalWeights("model.onnx_data", Path.Combine(_folder, "model.onnx_data")).SaveTo(_folder);

        var imported = await ImportAsync(path);

        Assert.Equal(expected, Run(imported));
        Assert.Contains(imported.Notes, note => note.Contains("model.onnx_data", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ASoftmaxAtTheEnd_IsRemoved()
    {
        var logits = ModelRunner.Run(Graphs.Classifier(), Picture, [3, 8, 8]);

        var imported = await ImportAsync(Graphs.Classifier((b, x) => b.Node("Identity", [b.Node("Softmax", [x])])).SaveTo(_folder));

        Assert.Equal(logits, Run(imported));
        Assert.Contains(imported.Notes, note => note.Contains("softmax at the end was removed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ChannelsLast_BecomeChannelsFirst()
    {
        var expected = ModelRunner.Run(Graphs.Classifier(), Picture, [3, 8, 8]);
        var transpose = new NodeProto { OpType = "Transpose", Input = { "input" }, Output = { "first" }, Attribute = { ModelBuilder.Ints("perm", 0, 3, 1, 2) } };

        var imported = await ImportAsync(Graphs.Classifier().WithInput(DataType.Float, -1, 8, 8, 3).WithFirst(transpose).SaveTo(_folder));

        Assert.Equal(expected, Run(imported));
    }

    [Fact]
    public async Task LogitsWithTwoMoreDimensions_BecomeFlat()
    {
        var builder = new ModelBuilder([3, 8, 8]);
        var model = builder.Build(builder.Node("GlobalAveragePool", [builder.Conv("input", 3, 5)]));
        var expected = ModelRunner.Run(model, Picture, [3, 8, 8]);

        var imported = await ImportAsync(model.SaveTo(_folder));

        Assert.Equal(5, imported.Model.Card.NumClasses);
        Assert.Equal(expected, Run(imported));
    }

    [Fact]
    public async Task AFreeSize_WithTheSizeOption_IsThatSize() =>
        Assert.Equal(24, (await ImportAsync(Graphs.Classifier().WithInput(DataType.Float, -1, 3, -1, -1).SaveTo(_folder), new() { SizePx = 24 })).Model.Card.Preprocessing.Size);

    [Fact]
    public void TheNewestOpsetThatIsTaken_IsTheNewestThatTheRuntimeKnows()
    {
        using (CandidateSession.Open(Graphs.Classifier(opset: (int)GraphRules.NewestOpset).ToByteArray()))
        {
            Assert.ThrowsAny<OnnxRuntimeException>(() => CandidateSession.Open(Graphs.Classifier(opset: (int)GraphRules.NewestOpset + 1).ToByteArray()));
        }
    }

    [Fact]
    public async Task AFixedBatchOfOne_IsFine() =>
        Assert.Equal(5, Run(await ImportAsync(Graphs.Classifier(batch: 1).SaveTo(_folder))).Length);

    [Fact]
    public async Task SeveralOutputs_WithTheOutputOption_AreReducedToIt()
    {
        var builder = new ModelBuilder([3, 8, 8]);
        var pooled = builder.Node("Flatten", [builder.Node("GlobalAveragePool", [builder.Conv("input", 3, 4)])]);
        var logits = builder.Gemm(pooled, 4, 5);

        var imported = await ImportAsync(builder.Build(pooled, logits).SaveTo(_folder), new() { Output = logits });

        Assert.Equal(5, Run(imported).Length);
    }

    [Fact]
    public async Task InitializersThatAreListedAsInputs_AsOldExportersDo_AreNoInputs()
    {
        var model = Graphs.Classifier().Change(m => m.Graph.Input.Add(m.Graph.Initializer.Select(tensor => new ValueInfoProto
        {
            Name = tensor.Name,
            Type = Shape(tensor),
        })));

        Assert.Equal(5, Run(await ImportAsync(model.SaveTo(_folder))).Length);
    }

    [Fact]
    public async Task TheEmbeddedModel_ImportedAnew_HasTheFiguresThatWereCountedByHand()
    {
        var original = EmbeddedZoo.Default;

        var card = (await ImportAsync(original.File.Path, new() { Id = "again" })).Model.Card;

        Assert.Equal(original.Card.Sha256, card.Sha256);
        // Ten convolutions of 3 x 3 with bias, then 320 x 10; added up by hand. The card counts batch normalization, which the file has folded.
        Assert.Equal(150_703_232, card.MultiplyAccumulates);
        Assert.Equal(2_954_858, card.Parameters);
        Assert.Equal(original.Card.Input.Name, card.Input.Name);
        Assert.Equal(original.Card.Output.Name, card.Output.Name);
    }

    [SharedDataFact]
    public async Task MobileNetV2_HasTheFiguresThatArePublishedOfIt()
    {
        var card = (await ImportAsync(SharedData.PathOf("models", "imagenet", "mobilenet_v2_1.0_224.onnx"))).Model.Card;

        Assert.Equal(300_774_272, card.MultiplyAccumulates);
        Assert.Equal(3_487_816, card.Parameters);
        Assert.Equal((224, 256, 1000), (card.Preprocessing.Size, card.Preprocessing.Resize.ShortSide, card.NumClasses));
    }

    [Fact]
    public async Task ACatalogue_LearnsOfTheModelAtOnceAndAnotherFindsItLater()
    {
        var catalogue = new ModelCatalogue([EmbeddedZoo.Folder]);

        await new ModelImporter(Target, catalogue: catalogue).ImportAsync(Graphs.Classifier().SaveTo(_folder), new() { Id = "mine" });

        Assert.Equal("mine", catalogue.Models.Last().Id);
        Assert.NotNull(new ModelCatalogue([Target]).Find("mine"));
        Assert.Empty(new ModelCatalogue([Target]).Problems);
    }

    [Fact]
    public async Task ManyAtOnce_ByOneIdentifier_LeaveExactlyOne()
    {
        var path = Graphs.Classifier().SaveTo(_folder);
        var catalogue = new ModelCatalogue([]);
        var importer = new ModelImporter(Target, catalogue: catalogue);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            try
            {
                await importer.ImportAsync(path, new() { Id = "same" });
                return true;
            }
            catch (ModelRefusedException error) when (error.Reason == ImportRefusal.IdTaken)
            {
                return false;
            }
        }));

        Assert.Single(outcomes, succeeded => succeeded);
        Assert.Single(catalogue.Models);
        Assert.Equal(["same"], Directory.GetFileSystemEntries(Target).Select(Path.GetFileName));
    }

    private string Target => Path.Combine(_folder, "target");

    private Task<ImportedModel> ImportAsync(string path, ImportOptions? options = null) => new ModelImporter(Target).ImportAsync(path, options);

    private static float[] Run(ImportedModel imported)
    {
        Assert.Equal(imported.Model.Card.Sha256, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(imported.Model.File.Path))));
        return ModelRunner.Run(OnnxModelFile.Load(imported.Model.File.Path), Picture, [3, 8, 8]);
    }

    private static TypeProto Shape(TensorProto tensor)
    {
        var type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = tensor.DataType, Shape = new TensorShapeProto() } };
        type.TensorType.Shape.Dim.Add(tensor.Dims.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return type;
    }
}
