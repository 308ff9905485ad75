using System.Text.Json.Nodes;
using LatencyLab.Inference.Imaging.Preprocessing;
using LatencyLab.Inference.Models;
using LatencyLab.Tests.Requirements;

namespace LatencyLab.Tests.Models;

public sealed class ModelCatalogueTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-models-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Catalogue_OverTheEmbeddedZoo_FindsTheDefaultModelWithItsFiles()
    {
        var catalogue = new ModelCatalogue([EmbeddedZoo.Folder]);

        var model = catalogue["cifar10_resnet9"];

        Assert.Empty(catalogue.Problems);
        Assert.Equal(10, model.Labels.Count);
        Assert.Equal("airplane", model.Labels[0]);
        Assert.Equal(32, model.Preprocessing.WidthPx);
        Assert.Equal(ResizeMode.ShortSide, model.Preprocessing.Resize);
        Assert.True(model.File.SizeBytes > model.FileOf(Precisions.Int8)!.SizeBytes);
    }

    [Fact]
    public async Task Files_OfTheEmbeddedZoo_AreThoseThatTheCardDescribes()
    {
        var model = new ModelCatalogue([EmbeddedZoo.Folder])["cifar10_resnet9"];

        foreach (var precision in new[] { Precisions.Fp32, Precisions.Int8, Precisions.Int8SevenBit })
        {
            var file = model.FileOf(precision)!;
            Assert.NotNull(file.Sha256);
            await file.VerifyAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task Verify_AfterTampering_IsRefusedWithTheFileNamed()
    {
        WriteCard(card => card["sha256"] = new string('0', 64));

        var error = await Assert.ThrowsAsync<InvalidModelException>(
            () => new ModelCatalogue([_folder])["tiny"].File.VerifyAsync(CancellationToken.None));

        Assert.Contains("tiny.onnx", error.Message, StringComparison.Ordinal);
        Assert.Contains("sha256", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("format", "2", "`format`")]
    [InlineData("id", "\"\"", "`id`")]
    [InlineData("file", "\"../outside.onnx\"", "`file`")]
    [InlineData("file", "\"/etc/passwd\"", "`file`")]
    [InlineData("labels", "\"missing.txt\"", "missing.txt")]
    [InlineData("num_classes", "3", "`num_classes`")]
    [InlineData("num_classes", "-1", "`num_classes`")]
    [InlineData("preprocessing", "null", "preprocessing")]
    [InlineData("input", "null", "input")]
    [InlineData("variants", "null", "variants")]
    [InlineData("variants", "{\"int8\": {\"file\": \"../x.onnx\"}}", "`variants`")]
    public void Card_WithAWrongEntry_IsReportedByNameAndLeavesTheOthersStanding(string entry, string json, string named)
    {
        WriteCard(card => card[entry] = JsonNode.Parse(json));
        File.WriteAllText(Path.Combine(_folder, "good.json"), Card("good").ToJsonString());

        var catalogue = new ModelCatalogue([_folder]);

        Assert.Equal("good", Assert.Single(catalogue.Models).Id);
        Assert.Contains(named, Assert.Single(catalogue.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("size", "0")]
    [InlineData("size", "100000")]
    [InlineData("mean", "[0.5]")]
    [InlineData("std", "[0, 1, 1]")]
    [InlineData("resize", "{\"mode\": \"diagonal\"}")]
    [InlineData("resize", "{\"mode\": \"short_side\", \"short_side\": 1}")]
    public void Preprocessing_ThatMakesNoSense_IsReportedByName(string entry, string json)
    {
        WriteCard(card => card["preprocessing"]![entry] = JsonNode.Parse(json));

        Assert.Contains(entry, Assert.Single(new ModelCatalogue([_folder]).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_WithOtherJsonFiles_IgnoresThem()
    {
        WriteCard(_ => { });
        File.WriteAllText(Path.Combine(_folder, "reference.json"), """{ "format": 1, "images": {} }""");
        File.WriteAllText(Path.Combine(_folder, "broken.json"), "{");

        var catalogue = new ModelCatalogue([_folder]);

        Assert.Single(catalogue.Models);
        Assert.Empty(catalogue.Problems);
    }

    [Fact]
    public void Models_WithTheSameIdentifier_KeepTheFirstAndReportTheSecond()
    {
        WriteCard(_ => { });
        File.WriteAllText(Path.Combine(_folder, "zweite.json"), Card("tiny").ToJsonString());

        var catalogue = new ModelCatalogue([_folder, Path.Combine(_folder, "nowhere")]);

        Assert.Single(catalogue.Models);
        Assert.Equal(2, catalogue.Problems.Count);
    }

    [Fact]
    public void Catalogue_AskedForAnUnknownModel_ListsTheKnownOnes()
    {
        WriteCard(_ => { });

        var error = Assert.Throws<KeyNotFoundException>(() => new ModelCatalogue([_folder])["other"]);

        Assert.Contains("tiny", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_WhileOthersRead_LosesNothingAndNobodySeesHalfACatalogue()
    {
        WriteCard(_ => { });
        var catalogue = new ModelCatalogue([_folder]);
        var cards = Enumerable.Range(0, 20).Select(i =>
        {
            var path = Path.Combine(_folder, $"late{i}.json");
            File.WriteAllText(path, Card($"late{i}").ToJsonString());
            return path;
        }).ToList();
        using var done = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            for (var seen = 0; !done.IsCancellationRequested; seen = catalogue.Models.Count)
            {
                Assert.True(catalogue.Models.Count >= seen);
                Assert.Equal("tiny", catalogue.Models.First().Id);
            }
        });

        await Task.WhenAll(cards.Select(path => Task.Run(() => catalogue.Add(path))));
        await done.CancelAsync();
        await reader;

        Assert.Equal(21, catalogue.Models.Count);
        Assert.All(Enumerable.Range(0, 20), i => Assert.NotNull(catalogue.Find($"LATE{i}")));
    }

    [Fact]
    public void Add_OfAKnownCard_ReadsItAnewAndOfAnotherByTheSameIdentifierIsRefused()
    {
        WriteCard(_ => { });
        var catalogue = new ModelCatalogue([_folder]);
        WriteCard(card => card["title"] = "New");
        File.WriteAllText(Path.Combine(_folder, "other.json"), Card("tiny").ToJsonString());

        Assert.Equal("New", catalogue.Add(Path.Combine(_folder, "tiny.json")).Title);

        Assert.Equal("New", Assert.Single(catalogue.Models).Title);
        Assert.Throws<InvalidModelException>(() => catalogue.Add(Path.Combine(_folder, "other.json")));
    }

    [SharedDataFact]
    public void Catalogue_OverThePublishedClassifiers_FindsAllFive()
    {
        var catalogue = new ModelCatalogue([SharedData.PathOf("models", "imagenet")]);

        Assert.Equal(5, catalogue.Models.Count);
        Assert.Empty(catalogue.Problems);
        Assert.Equal(1000, catalogue["mobilenet_v2_1.0_224"].Labels.Count);
        Assert.Equal(256, catalogue["mobilenet_v2_1.0_224"].Preprocessing.ShortSidePx);
    }

    private void WriteCard(Action<JsonObject> change)
    {
        var card = Card("tiny");
        change(card);
        File.WriteAllText(Path.Combine(_folder, "tiny.json"), card.ToJsonString());
        File.WriteAllText(Path.Combine(_folder, "labels.txt"), "a\nb\n");
        File.WriteAllBytes(Path.Combine(_folder, "tiny.onnx"), [1, 2, 3]);
    }

    private static JsonObject Card(string id) => JsonNode.Parse($$"""
        {
          "format": 1, "id": "{{id}}", "file": "tiny.onnx", "labels": "labels.txt", "num_classes": 2,
          "input": { "name": "input" }, "output": { "name": "logits" },
          "preprocessing": {
            "size": 8, "resize": { "mode": "short_side", "short_side": 8 },
            "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5]
          }
        }
        """)!.AsObject();

    [Fact]
    public void Refresh_KeepsWhatIsTiedToAModel_AndRemovalTakesTheRefreshedOneOut()
    {
        var catalogue = new ModelCatalogue([EmbeddedZoo.Folder]);
        var before = catalogue["cifar10_resnet9"];

        catalogue.Refresh();

        Assert.NotSame(before, catalogue["cifar10_resnet9"]);
        Assert.Same(before.Lifetime, catalogue["cifar10_resnet9"].Lifetime);
        Assert.True(catalogue.Remove(before));
        Assert.Null(catalogue.Find("cifar10_resnet9"));
    }
}
