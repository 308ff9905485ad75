using Google.Protobuf;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Tests.Optimization;

public sealed class OnnxModelFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latencylab-onnx-");

    [Fact]
    public void Save_ThenLoadAndSaveAgain_GivesTheSameBytesAndLeavesNoTemporaryFile()
    {
        var (first, second) = (Path.Combine(_folder.FullName, "a.onnx"), Path.Combine(_folder.FullName, "b.onnx"));

        OnnxModelFile.Save(Model(), first);
        OnnxModelFile.Save(OnnxModelFile.Load(first), second);

        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
        Assert.Equal(["a.onnx", "b.onnx"], _folder.GetFiles().Select(file => file.Name).Order());
    }

    [Fact]
    public void Load_CutAnywhere_IsRefusedByName()
    {
        var bytes = Model().ToByteArray();
        var path = Path.Combine(_folder.FullName, "cut.onnx");
        for (var length = 0; length < bytes.Length; length += 7)
        {
            File.WriteAllBytes(path, bytes[..length]);

            var refusal = Assert.Throws<InvalidModelException>(() => OnnxModelFile.Load(path));
            Assert.Contains("cut.onnx", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Load_CutBehindTheGraph_IsRefused()
    {
        // Exporters write the opset last: without it the rest still parses.
        var withoutOpset = Model();
        withoutOpset.OpsetImport.Clear();

        Assert.Throws<InvalidModelException>(() => OnnxModelFile.Parse(withoutOpset.ToByteArray()));
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html></html>")]
    [InlineData("version https://git-lfs.example/spec/v1")]
    public void Parse_SomethingElse_IsRefused(string content) =>
        Assert.Throws<InvalidModelException>(() => OnnxModelFile.Parse(System.Text.Encoding.UTF8.GetBytes(content)));

    [Fact]
    public void Load_MissingFile_SaysSo() =>
        Assert.Throws<FileNotFoundException>(() => OnnxModelFile.Load(Path.Combine(_folder.FullName, "none.onnx")));

    [Fact]
    public void Parse_ExternalWeights_AreRefusedByName()
    {
        var model = Model();
        model.Graph.Initializer[0].DataLocation = TensorProto.Types.DataLocation.External;
        model.Graph.Initializer[0].ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "../../etc/passwd" });

        var refusal = Assert.Throws<InvalidModelException>(() => OnnxModelFile.Parse(model.ToByteArray()));
        Assert.Contains(model.Graph.Initializer[0].Name, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TensorData_TypedFields_ReadLikeRawBytes()
    {
        Assert.Equal([1.5f, -2f], TensorData.Floats(new TensorProto { DataType = 1, Dims = { 2 }, FloatData = { 1.5f, -2f } }));
        Assert.Equal([7L], TensorData.Int64s(new TensorProto { DataType = 7, Int64Data = { 7 } }));
        Assert.Equal(new sbyte[] { -3 }, TensorData.Int8s(new TensorProto { DataType = 3, Dims = { 1 }, Int32Data = { -3 } }));
        Assert.Equal(new byte[] { 200 }, TensorData.UInt8s(new TensorProto { DataType = 2, Dims = { 1 }, Int32Data = { 200 } }));
        Assert.Equal([-9], TensorData.Int32s(TensorData.Create<int>("i", [-9], 1)));
    }

    [Fact]
    public void TensorData_ShapeAndContentDisagree_IsRefused()
    {
        var tensor = TensorData.Create<float>("kernel", [1f, 2f], 2);
        tensor.Dims[0] = 3;

        Assert.Contains("kernel", Assert.Throws<InvalidModelException>(() => TensorData.Floats(tensor)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidModelException>(() => TensorData.Int64s(tensor));
    }

    [Theory]
    [InlineData(-2L)]
    [InlineData(long.MaxValue)]
    public void TensorData_ImpossibleShape_IsRefused(long dimension) =>
        Assert.Throws<InvalidModelException>(() => TensorData.Floats(new TensorProto { Name = "bad", DataType = 1, Dims = { dimension, 4 }, FloatData = { 1 } }));

    public void Dispose() => _folder.Delete(recursive: true);

    private static ModelProto Model()
    {
        var builder = new ModelBuilder([3, 8, 8]);
        return builder.Build(builder.Conv("input", 3, 4));
    }
}
