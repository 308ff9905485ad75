using System.IO.Compression;
using Google.Protobuf;
using LatencyLab.Inference.Models.Import;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Models.Import;

/// <summary>Files that are no whole ONNX model, or that reach beyond themselves.</summary>
internal static class BadFiles
{
    public static IEnumerable<BadModel> All { get; } =
    [
        new("missing", ImportRefusal.FileMissing, "does not exist", folder => Path.Combine(folder, "model.onnx")),
        new("a folder", ImportRefusal.Folder, "is a folder", folder => Directory.CreateDirectory(Path.Combine(folder, "model.onnx")).FullName),
        new("empty", ImportRefusal.Empty, "is empty", folder => Bytes(folder, [])),
        new("truncated", ImportRefusal.Damaged, "cut short", folder => Bytes(folder, Graphs.Classifier().ToByteArray()[..^200])),
        new("cut between two fields", ImportRefusal.Damaged, "no graph", folder => Bytes(folder, new ModelProto { IrVersion = 8 }.ToByteArray())),
        new("random bytes", ImportRefusal.Damaged, "not ONNX", folder => Bytes(folder, Noise())),
        new("a length beyond the file", ImportRefusal.Damaged, "cut short", folder => Bytes(folder, [0x08, 0x08, 0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0x01])),
        new("nested without end", ImportRefusal.Damaged, "not ONNX", folder => Nested(300).SaveTo(folder)),
        new("a picture", ImportRefusal.NotOnnx, "is a picture", folder => Bytes(folder, SamplePicture.Read("cat.jpg"))),
        new("a PNG picture", ImportRefusal.NotOnnx, "is a picture", folder => Bytes(folder, [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10])),
        new("an archive", ImportRefusal.NotOnnx, "is an archive", Zip),
        new("a web page", ImportRefusal.NotOnnx, "is a text file", folder => Bytes(folder, "<!DOCTYPE html><html>Not found</html>"u8.ToArray())),
        new("a Git LFS pointer", ImportRefusal.NotOnnx, "git lfs pull", folder => Bytes(folder, "version https://git-lfs.github.com/spec/v1\noid sha256:00\n"u8.ToArray())),
        new("larger than the limit", ImportRefusal.TooLarge, "MaxSizeBytes", folder => Graphs.Classifier().SaveTo(folder)) { Limits = new() { MaxSizeBytes = 500 } },
        new("weights in the parent folder", ImportRefusal.ExternalDataOutside, "outside its own folder", folder => Graphs.Classifier().WithExternalWeights("../model.data").SaveTo(folder)),
        new("weights by a way through the parent", ImportRefusal.ExternalDataOutside, "outside its own folder", folder => Graphs.Classifier().WithExternalWeights("a/../../x.data").SaveTo(folder)),
        new("weights at an absolute path", ImportRefusal.ExternalDataOutside, "outside its own folder", folder => Graphs.Classifier().WithExternalWeights("/etc/passwd").SaveTo(folder)),
        new("weights behind a link", ImportRefusal.ExternalDataOutside, "outside its own folder", Linked),
        new("weights missing", ImportRefusal.ExternalDataMissing, "which is missing", folder => Graphs.Classifier().WithExternalWeights("model.data").SaveTo(folder)),
        new("weights too short", ImportRefusal.ExternalDataMissing, "too short", TooShort),
        new("weights that are added up too large", ImportRefusal.TooLarge, "MaxSizeBytes", ManyTimesTheSame) { Limits = new() { MaxSizeBytes = 200_000 } },
    ];

    private static string Bytes(string folder, byte[] content)
    {
        var path = Path.Combine(folder, "model.onnx");
        File.WriteAllBytes(path, content);
        return path;
    }

    private static byte[] Noise()
    {
        var bytes = new byte[5000];
        new Random(1).NextBytes(bytes);
        bytes[0] = 0x07;
        return bytes;
    }

    private static string Zip(string folder)
    {
        var path = Path.Combine(folder, "model.onnx");
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        archive.CreateEntry("model.onnx");
        return path;
    }

    private static ModelProto Nested(int depth)
    {
        var graph = new GraphProto();
        for (var i = 0; i < depth; i++)
        {
            var attribute = new AttributeProto { Name = "then_branch", G = graph, Type = AttributeProto.Types.AttributeType.Graph };
            graph = new GraphProto { Node = { new NodeProto { OpType = "If", Attribute = { attribute } } } };
        }
        return Graphs.Classifier().Change(model => model.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "g", G = graph }));
    }

    private static string Linked(string folder)
    {
        var outside = Path.Combine(Path.GetDirectoryName(folder)!, Path.GetFileName(folder) + ".data");
        var model = Graphs.Classifier().WithExternalWeights("model.data", outside).SaveTo(folder);
        File.CreateSymbolicLink(Path.Combine(folder, "model.data"), outside);
        return model;
    }

    private static string TooShort(string folder)
    {
        var path = Graphs.Classifier().WithExternalWeights("model.data").SaveTo(folder);
        File.WriteAllBytes(Path.Combine(folder, "model.data"), new byte[40]);
        return path;
    }

    private static string ManyTimesTheSame(string folder)
    {
        File.WriteAllBytes(Path.Combine(folder, "model.data"), new byte[100_000]);
        return Graphs.Classifier().Change(model =>
        {
            foreach (var tensor in model.Graph.Initializer)
            {
                tensor.ClearRawData();
                tensor.DataLocation = TensorProto.Types.DataLocation.External;
                tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "model.data" });
            }
        }).SaveTo(folder);
    }
}
