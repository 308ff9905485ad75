using LatencyLab.Inference.Optimization.Onnx;
using static LatencyLab.Inference.Optimization.Onnx.AttributeProto.Types;
using static LatencyLab.Inference.Optimization.Onnx.TensorShapeProto.Types;

namespace LatencyLab.Inference.Models.Import;

/// <summary>Brings a classifier into the form that LatencyLab runs: [N, 3, side, side] to [N, classes] logits. Only its ends are touched.</summary>
internal static class ClassifierAdaptation
{
    private static readonly HashSet<string> PassThrough = ["Identity", "Reshape", "Flatten", "Squeeze", "Dropout", "Cast"];

    /// <summary>Changes the graph in place.</summary>
    /// <returns>What was changed, for people; nothing where the graph was in that form already.</returns>
    /// <exception cref="ModelRefusedException">The output is of a kind that cannot be turned into logits.</exception>
    public static IReadOnlyList<string> Apply(ModelProto model, TrialAnswer answer, string name)
    {
        var notes = new List<string>();
        var graph = model.Graph;
        var shape = answer.Shape;
        if (graph.Output.Count > 1)
        {
            var chosen = graph.Output.Single(output => output.Name == shape.OutputName);
            graph.Output.Clear();
            graph.Output.Add(chosen);
            notes.Add($"Of several outputs, `{shape.OutputName}` was kept.");
        }
        if (shape.ChannelsLast)
        {
            PutChannelsFirst(graph, shape);
            notes.Add("The input was [N, height, width, 3]; a transposition now takes [N, 3, height, width].");
        }
        if (RemoveSoftmax(graph, shape.OutputName, name))
        {
            notes.Add("The softmax at the end was removed: the model now answers with logits, from which LatencyLab computes the probabilities.");
        }
        if (!answer.IsFlat)
        {
            Flatten(graph, shape.OutputName);
            notes.Add("The output was [N, classes, 1, 1]; it now is [N, classes].");
        }
        if (notes.Count > 0 || !answer.IsDeclared)
        {
            Declare(graph, answer.Logits.Length);
        }
        return notes;
    }

    private static void PutChannelsFirst(GraphProto graph, ClassifierShape shape)
    {
        var inner = shape.InputName + "_channels_last";
        foreach (var node in graph.Node)
        {
            for (var i = 0; i < node.Input.Count; i++)
            {
                node.Input[i] = node.Input[i] == shape.InputName ? inner : node.Input[i];
            }
        }
        graph.Node.Insert(0, new NodeProto
        {
            OpType = "Transpose", Name = inner, Input = { shape.InputName }, Output = { inner },
            Attribute = { new AttributeProto { Name = "perm", Ints = { 0, 2, 3, 1 }, Type = AttributeType.Ints } },
        });
        var tensor = graph.Input.Single(input => input.Name == shape.InputName).Type.TensorType;
        var batch = tensor.Shape.Dim[0].Clone();
        tensor.Shape = new TensorShapeProto { Dim = { batch, Size(3), Size(shape.SidePx), Size(shape.SidePx) } };
    }

    /// <summary>Turns a softmax at the end into nothing; what stands between it and the output only moves values around.</summary>
    private static bool RemoveSoftmax(GraphProto graph, string output, string name)
    {
        for (var node = Producer(graph, output); node is not null; node = Producer(graph, node.Input[0]))
        {
            if (node.IsStandard("Softmax"))
            {
                node.OpType = "Identity";
                node.Attribute.Clear();
                return true;
            }
            if (node.IsStandard("Sigmoid") || node.IsStandard("HardSigmoid"))
            {
                throw new ModelRefusedException(
                    ImportRefusal.NotClassifier,
                    $"{name} ends in {node.OpType}: each class is judged by itself, so there is no best one. "
                    + $"A classifier ends in one logit a class; export it without {node.OpType}.");
            }
            if (!PassThrough.Contains(node.OpType) || node.Input.Count == 0)
            {
                return false;
            }
        }
        return false;
    }

    private static void Flatten(GraphProto graph, string output)
    {
        var inner = output + "_spatial";
        foreach (var node in graph.Node)
        {
            for (var i = 0; i < node.Output.Count; i++)
            {
                node.Output[i] = node.Output[i] == output ? inner : node.Output[i];
            }
            for (var i = 0; i < node.Input.Count; i++)
            {
                node.Input[i] = node.Input[i] == output ? inner : node.Input[i];
            }
        }
        graph.Node.Add(new NodeProto { OpType = "Flatten", Name = output + "_flatten", Input = { inner }, Output = { output }, Attribute = { NodeAttributes.Int("axis", 1) } });
    }

    private static void Declare(GraphProto graph, int classes)
    {
        // The batch size stays what the input's is.
        var batch = graph.Input[0].Type?.TensorType?.Shape?.Dim.FirstOrDefault()?.Clone() ?? new Dimension { DimParam = "N" };
        graph.Output[0].Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = (int)TensorProto.Types.DataType.Float, Shape = new TensorShapeProto { Dim = { batch, Size(classes) } },
            },
        };
    }

    private static NodeProto? Producer(GraphProto graph, string tensor) => graph.Node.FirstOrDefault(node => node.Output.Contains(tensor));

    private static Dimension Size(long value) => new() { DimValue = value };
}
