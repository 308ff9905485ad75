using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Optimization;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Sweeps;

/// <summary>A small model with a card, in a folder of its own.</summary>
internal sealed class BuiltModel : IDisposable
{
    private const int Classes = 4;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latencylab-built-");

    /// <param name="batch">The batch size that the graph fixes; null leaves it free.</param>
    /// <param name="freeSize">Whether the graph leaves height and width free.</param>
    /// <param name="batchOfOneInside">Whether a layer in the middle works for one picture only, though the input says otherwise.</param>
    public BuiltModel(long? batch = null, bool freeSize = false, bool batchOfOneInside = false)
    {
        var builder = new ModelBuilder([3, 16, 16], batch: batch);
        var pooled = builder.Node("GlobalAveragePool", [builder.Conv("input", 3, 8)]);
        var flat = batchOfOneInside ? builder.Node("Reshape", [pooled, builder.Integers([1, 8])]) : builder.Node("Flatten", [pooled]);
        var model = builder.Build(builder.Gemm(flat, 8, Classes));
        var dimensions = model.Graph.Input[0].Type.TensorType.Shape.Dim;
        if (freeSize)
        {
            (dimensions[2], dimensions[3]) = (new() { DimParam = "H" }, new() { DimParam = "W" });
        }
        var classes = new TensorShapeProto.Types.Dimension { DimValue = Classes };
        model.Graph.Output[0].Type.TensorType.Shape = new TensorShapeProto { Dim = { dimensions[0].Clone(), classes } };
        OnnxModelFile.Save(model, Path.Combine(_folder.FullName, "built.onnx"));
        File.WriteAllLines(Path.Combine(_folder.FullName, "labels.txt"), Enumerable.Range(0, Classes).Select(i => $"class {i}"));
        File.WriteAllText(Path.Combine(_folder.FullName, "model.json"), $$"""
            {
              "format": 1, "id": "built", "file": "built.onnx", "labels": "labels.txt", "num_classes": {{Classes}},
              "input": { "name": "input" }, "output": { "name": "{{model.Graph.Output[0].Name}}" },
              "preprocessing": { "size": 16, "resize": { "mode": "stretch" }, "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5] }
            }
            """);
    }

    /// <summary>The model as a ready variant.</summary>
    public async Task<Variant> LoadAsync(LoadedZoo zoo)
    {
        var model = new ModelCatalogue([_folder.FullName])["built"];
        var options = new VariantOptions { Id = "plain", Title = "Plain" };
        return await new VariantLoader(zoo.Decoder).LoadAsync(model, model.File, options, CancellationToken.None);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
