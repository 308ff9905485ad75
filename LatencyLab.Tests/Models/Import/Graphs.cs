using Google.Protobuf;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Tests.Optimization;
using static LatencyLab.Inference.Optimization.Onnx.TensorShapeProto.Types;
using DataType = LatencyLab.Inference.Optimization.Onnx.TensorProto.Types.DataType;

namespace LatencyLab.Tests.Models.Import;

/// <summary>A small classifier of 8 x 8 pictures into 5 classes, and ways to change it.</summary>
internal static class Graphs
{
    public const int Classes = 5;

    /// <summary>Convolution 3→4, ReLU, average pool, matrix product 4→5: 112 + 25 parameters.</summary>
    public static ModelProto Classifier(Func<ModelBuilder, string, string>? end = null, int opset = 13, long? batch = null) =>
        Classifier(new ModelBuilder([3, 8, 8], opset, batch), end);

    public static ModelProto Classifier(ModelBuilder builder, Func<ModelBuilder, string, string>? end = null)
    {
        var features = builder.Node("Flatten", [builder.Node("GlobalAveragePool", [builder.Node("Relu", [builder.Conv("input", 3, 4)])])]);
        var logits = builder.Gemm(features, 4, Classes);
        return builder.Build(end is null ? logits : end(builder, logits));
    }

    /// <summary>The same with the input declared otherwise; -1 leaves a size free.</summary>
    public static ModelProto WithInput(this ModelProto model, DataType type, params long[] shape)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = new TensorShapeProto() };
        tensor.Shape.Dim.Add(shape.Select((size, i) => size < 0 ? new Dimension { DimParam = $"d{i}" } : new Dimension { DimValue = size }));
        model.Graph.Input[0].Type = new TypeProto { TensorType = tensor };
        return model;
    }

    /// <summary>The same with an operator before the first one.</summary>
    public static ModelProto WithFirst(this ModelProto model, NodeProto node)
    {
        model.Graph.Node[0].Input[0] = node.Output[0];
        model.Graph.Node.Insert(0, node);
        return model;
    }

    /// <summary>The same with all weights in another file.</summary>
    public static ModelProto WithExternalWeights(this ModelProto model, string location, string? dataPath = null)
    {
        using var data = new MemoryStream();
        foreach (var tensor in model.Graph.Initializer)
        {
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = $"{data.Length}" });
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = $"{tensor.RawData.Length}" });
            tensor.RawData.WriteTo(data);
            tensor.ClearRawData();
            tensor.DataLocation = TensorProto.Types.DataLocation.External;
        }
        if (dataPath is not null)
        {
            File.WriteAllBytes(dataPath, data.ToArray());
        }
        return model;
    }

    public static ModelProto Change(this ModelProto model, Action<ModelProto> change)
    {
        change(model);
        return model;
    }

    public static string SaveTo(this ModelProto model, string folder, string name = "model.onnx")
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, model.ToByteArray());
        return path;
    }
}
