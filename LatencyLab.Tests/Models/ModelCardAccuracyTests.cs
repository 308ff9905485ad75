using System.Text.Json.Nodes;
using LatencyLab.Inference.Models;

namespace LatencyLab.Tests.Models;

public sealed class ModelCardAccuracyTests : IDisposable
{
    private readonly string _card = Path.GetTempFileName();

    public void Dispose() => File.Delete(_card);

    [Fact]
    public void Write_WhatACardStatesAlready_LeavesItAsItIsToTheLastByte()
    {
        // Python wrote the embedded cards.
        File.Copy(EmbeddedZoo.Default.CardPath, _card, overwrite: true);

        foreach (var stated in MeasuredAccuracy.Of(EmbeddedZoo.Default.Card))
        {
            ModelCardAccuracy.Write(_card, EmbeddedZoo.Default.FileOf(stated.Precision)!.Sha256!, stated);
        }

        Assert.Equal(File.ReadAllText(EmbeddedZoo.Default.CardPath), File.ReadAllText(_card));
    }

    [Fact]
    public void Write_OnAFurtherDataSet_KeepsAllThatIsWritten()
    {
        File.WriteAllText(_card, """
            { "note": "größer als \"x\"", "file": "a.onnx", "sha256": "AB", "scale": 1.50, "odd": null, "list": [],
              "accuracy": { "note": "by hand", "test": { "top1": 0.5, "by": "someone" } }, "id": "a" }
            """);

        ModelCardAccuracy.Write(_card, "ab", new("val", Precisions.Fp32, 0.75, 0.9375, 16, "a decoder", "AMX"));

        Assert.Equal("""
            {
              "note": "größer als \"x\"",
              "file": "a.onnx",
              "sha256": "AB",
              "scale": 1.50,
              "odd": null,
              "list": [],
              "accuracy": {
                "note": "by hand",
                "test": {
                  "top1": 0.5,
                  "by": "someone"
                },
                "val": {
                  "pictures": 16,
                  "top1": 0.75,
                  "top5": 0.9375,
                  "decoder": "a decoder",
                  "int8_path": "AMX"
                }
              },
              "id": "a"
            }

            """, File.ReadAllText(_card));
    }

    [Fact]
    public void Write_OfAFileWithoutAHash_BindsTheAccuracyToTheWeightsThatWereMeasured()
    {
        File.WriteAllText(_card, """{ "file": "a.onnx", "variants": { "int8": { "file": "b.onnx", "bytes": 7 } } }""");

        ModelCardAccuracy.Write(_card, "cd", new("val", Precisions.Int8, 0.75, null, null, null));

        var card = JsonNode.Parse(File.ReadAllText(_card))!;
        Assert.Null(card["sha256"]);
        Assert.Equal(["file", "sha256", "bytes", "accuracy"], card["variants"]!["int8"]!.AsObject().Select(entry => entry.Key));
        Assert.Equal("cd", card["variants"]!["int8"]!["sha256"]!.GetValue<string>());
        Assert.Equal("""{"val":{"top1":0.75}}""", card["variants"]!["int8"]!["accuracy"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{ "file": "a.onnx", "sha256": "other" }""", "another file")]
    [InlineData("""{ "file": "a.onnx", "sha256": 5 }""", "")]
    [InlineData("""{ "file": "a.onnx", "sha256": "ab", "accuracy": "see the paper" }""", "`accuracy`")]
    [InlineData("""{ "file": "a.onnx", "file": "b.onnx" }""", "file")]
    [InlineData("""[]""", "empty")]
    [InlineData("""{ "file": """, "")]
    public void Write_IntoACardThatContradicts_IsRefusedAndTheCardStays(string card, string named)
    {
        File.WriteAllText(_card, card);

        var error = Assert.Throws<InvalidModelException>(() => ModelCardAccuracy.Write(_card, "ab", new("val", Precisions.Fp32, 1, 1, 1, "a decoder")));

        Assert.StartsWith(_card, error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Equal(card, File.ReadAllText(_card));
    }

    [Fact]
    public void Write_OfAFileThatTheCardDoesNotHave_IsRefused()
    {
        File.WriteAllText(_card, """{ "file": "a.onnx" }""");

        Assert.Contains("int8", Assert.Throws<InvalidModelException>(
            () => ModelCardAccuracy.Write(_card, "ab", new("val", Precisions.Int8, 1, 1, 1, "a decoder"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FileCard_OfOtherBytes_IsNotBelieved()
    {
        var folder = Directory.CreateTempSubdirectory("latencylab-filecard-");
        try
        {
            var file = new ModelFile(Path.Combine(folder.FullName, "made.onnx"), null);
            File.WriteAllText(file.Path, "one");
            var sha256 = file.ComputeSha256();
            FileCard.Write(file, sha256, new("val", Precisions.Int8, 0.5, null, 8, null));
            FileCard.Write(file, sha256, new("test", Precisions.Int8, 0.25, null, 8, null));
            Assert.Equal(0.5, FileCard.Read(file)!.Accuracy!.Value.GetProperty("val").GetProperty("top1").GetDouble());
            Assert.Equal(0.25, FileCard.Read(file)!.Accuracy!.Value.GetProperty("test").GetProperty("top1").GetDouble());

            File.WriteAllText(file.Path, "two");

            Assert.Null(FileCard.Read(file));
            Assert.Throws<InvalidModelException>(() => FileCard.Write(file, sha256, new("val", Precisions.Int8, 0.5, null, 8, null)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
