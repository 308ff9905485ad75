using LatencyLab.Inference.Layers;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Tests.Optimization;

namespace LatencyLab.Tests.Layers;

public sealed class NamedModelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-named-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void NodesWithoutNames_AreCalledByTheirOutputInACopy()
    {
        var builder = new ModelBuilder([3, 8, 8]);
        var output = builder.Node("Relu", [builder.Conv("input", 3, 4)]);
        var model = builder.Build(output);
        model.Graph.Node[0].Name = "";
        var file = Save(model);

        var named = NamedModel.Of(file, _folder);

        Assert.NotEqual(file.Path, named.Path);
        Assert.Equal([model.Graph.Node[0].Output[0], model.Graph.Node[1].Name], OnnxModelFile.Load(named.Path).Graph.Node.Select(node => node.Name));
        Assert.Equal("", OnnxModelFile.Load(file.Path).Graph.Node[0].Name);
    }

    [Fact]
    public void AModel_WhoseNodesHaveNames_IsTakenAsItIs()
    {
        var builder = new ModelBuilder([3, 8, 8]);
        var file = Save(builder.Build(builder.Conv("input", 3, 4)));

        Assert.Same(file, NamedModel.Of(file, _folder));
    }

    private ModelFile Save(ModelProto model)
    {
        var path = Path.Combine(_folder, "model.onnx");
        OnnxModelFile.Save(model, path);
        return new ModelFile(path, null);
    }
}
