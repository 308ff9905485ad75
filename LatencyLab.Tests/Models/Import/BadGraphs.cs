using LatencyLab.Inference.Models;
using LatencyLab.Inference.Models.Import;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Tests.Optimization;
using DataType = LatencyLab.Inference.Optimization.Onnx.TensorProto.Types.DataType;

namespace LatencyLab.Tests.Models.Import;

/// <summary>Whole models that are no usable classifiers of pictures.</summary>
internal static class BadGraphs
{
    public static IEnumerable<BadModel> All { get; } =
    [
        new("no input", ImportRefusal.NoInput, "has no input", Write(NoInput)),
        new("two inputs", ImportRefusal.SeveralInputs, "2 inputs (input, mask)", Write(() => Graphs.Classifier().Change(m => m.Graph.Input.Add(Named(m.Graph.Input[0], "mask"))))),
        new("an integer input", ImportRefusal.InputType, "takes Int64", Write(() => Graphs.Classifier().WithInput(DataType.Int64, -1, 3, 8, 8).WithFirst(Cast()))),
        new("a byte input", ImportRefusal.InputType, "takes UInt8", Write(() => Graphs.Classifier().WithInput(DataType.Uint8, -1, 3, 8, 8).WithFirst(Cast()))),
        new("a text input", ImportRefusal.InputType, "takes String", Write(() => Graphs.Classifier().WithInput(DataType.String, -1, 3, 8, 8).WithFirst(Cast()))),
        new("a flat input", ImportRefusal.InputShape, "[d0, 4], not a picture", Write(Flat)),
        new("a grey input", ImportRefusal.InputShape, "3 channels", Write(Grey)),
        new("a fixed batch", ImportRefusal.InputShape, "fixed batch of 8", Write(() => Graphs.Classifier(batch: 8))),
        new("an oblong input", ImportRefusal.InputShape, "not square", Write(() => Graphs.Classifier().WithInput(DataType.Float, -1, 3, 8, 16))),
        new("a free size", ImportRefusal.SizeMissing, "size is free", Write(() => Graphs.Classifier().WithInput(DataType.Float, -1, 3, -1, -1))),
        new("another size than the graph's", ImportRefusal.SizeConflict, "cannot be 16", Write(() => Graphs.Classifier())) { Options = new() { SizePx = 16 } },
        new("a gigantic size", ImportRefusal.InputShape, "sides of 1 to 4096", Write(() => Graphs.Classifier().WithInput(DataType.Float, -1, 3, 50_000, 50_000))),
        new("two outputs", ImportRefusal.OutputUnclear, "2 outputs", Write(TwoOutputs)),
        new("an output that is not there", ImportRefusal.OutputUnclear, "no output `scores`", Write(() => Graphs.Classifier())) { Options = new() { Output = "scores" } },
        new("a picture as the output", ImportRefusal.NotClassifier, "[1, 4, 8, 8]", Write(Segmentation)),
        new("whole numbers as the output", ImportRefusal.NotClassifier, "holds Int64", Write(() => Graphs.Classifier((b, x) => b.Node("ArgMax", [x], ModelBuilder.Int("axis", 1))).Change(OutputIs(DataType.Int64)))),
        new("a single class", ImportRefusal.NotClassifier, "less than two classes", Write(() => Graphs.Classifier((b, x) => b.Gemm(x, 5, 1)))),
        new("a sigmoid at the end", ImportRefusal.NotClassifier, "ends in Sigmoid", Write(() => Graphs.Classifier((b, x) => b.Node("Sigmoid", [x])))),
        new("probabilities made by hand", ImportRefusal.NotClassifier, "holds probabilities", Write(() => Graphs.Classifier(Probabilities))),
        new("a tensor that is only declared", ImportRefusal.WeightShape, "does not hold as many values", Write(Declared)),
        new("a negative size of a tensor", ImportRefusal.WeightShape, "does not hold as many values", Write(() => Graphs.Classifier().Change(m => m.Graph.Initializer[0].Dims[0] = -4))),
        new("a constant that makes a tensor of terabytes", ImportRefusal.HugeTensor, "beyond all measure", Write(() => Graphs.Classifier(Terabytes))),
        new("a constant in the graph that makes a tensor of terabytes", ImportRefusal.HugeTensor, "beyond all measure", Write(() => Graphs.Classifier(Terabytes).Change(ConstantNodes))),
        new("a border of a million pixels", ImportRefusal.HugeTensor, "beyond all measure", Write(() => Graphs.Classifier().Change(m => m.Graph.Node[0].Attribute.Single(a => a.Name == "pads").Ints[0] = 1_000_000))),
        new("weights that are no numbers", ImportRefusal.WeightNotFinite, "NaN", Write(() => Graphs.Classifier().Change(m => m.Graph.Initializer[0].RawData = TensorData.Create<float>("", [.. Enumerable.Repeat(float.NaN, 108)], 108).RawData))),
        new("an answer that is no number", ImportRefusal.OutputNotFinite, "not finite", Write(() => Graphs.Classifier((b, x) => b.Node("Sqrt", [b.Node("Sub", [x, b.Constant(1e6f)])])))),
        new("an operator of its own", ImportRefusal.UnknownOperator, "com.example::Magic", Write(() => Graphs.Classifier().Change(m => (m.Graph.Node[1].Domain, m.Graph.Node[1].OpType) = ("com.example", "Magic")))),
        new("an operator that does not exist", ImportRefusal.NotRunnable, "cannot be run", Write(() => Graphs.Classifier().Change(m => m.Graph.Node[1].OpType = "Relux"))),
        new("weights of another shape", ImportRefusal.NotRunnable, "cannot be run", Write(() => Graphs.Classifier(new ModelBuilder([3, 8, 8]), (b, x) => b.Gemm(x, 7, 5)))),
        new("an opset from the future", ImportRefusal.OpsetTooNew, "opset 99", Write(() => Graphs.Classifier(opset: 99))),
        new("a loop", ImportRefusal.ControlFlow, "has a loop", Write(() => Graphs.Classifier((b, x) => b.Node("Loop", [x])))),
        new("random numbers", ImportRefusal.Random, "model.eval()", Write(() => Graphs.Classifier((b, x) => b.Node("RandomNormalLike", [x])))),
        new("quantized already", ImportRefusal.Quantized, "Give the FP32 model", folder => Copy(EmbeddedZoo.Default.FileOf(Precisions.Int8)!.Path, folder)),
        new("a run of minutes", ImportRefusal.TooSlow, "within", Write(Slow)) { Limits = new() { TrialSeconds = 0.1 } },
        new("a run that doubles its memory", ImportRefusal.TooMuchMemory, "GB for one picture", Write(Doubling)) { Limits = new() { TrialMemoryBytes = 100_000_000 } },
        new("fewer labels than classes", ImportRefusal.LabelCount, "has 2 lines", Write(() => Graphs.Classifier())) { OptionsIn = folder => new() { LabelsPath = Text(folder, "cat\ndog\n") } },
        new("a gap in the labels", ImportRefusal.Labels, "Line 2", Write(() => Graphs.Classifier())) { OptionsIn = folder => new() { LabelsPath = Text(folder, "a\n\nc\nd\ne\n") } },
        new("a labels file that is missing", ImportRefusal.Labels, "does not exist", Write(() => Graphs.Classifier())) { Options = new() { LabelsPath = "nowhere.txt" } },
        new("an identifier that leaves the folder", ImportRefusal.BadId, "`../evil`", Write(() => Graphs.Classifier())) { Options = new() { Id = "../evil" } },
        new("an identifier with a slash", ImportRefusal.BadId, "`a/b`", Write(() => Graphs.Classifier())) { Options = new() { Id = "a/b" } },
        new("a deviation of zero", ImportRefusal.Preprocessing, "three positive numbers", Write(() => Graphs.Classifier())) { Options = new() { Std = [1, 0, 1] } },
        new("a way to resize that is none", ImportRefusal.Preprocessing, "`diagonal`", Write(() => Graphs.Classifier())) { Options = new() { Resize = "diagonal" } },
    ];

    private static Func<string, string> Write(Func<ModelProto> make) => folder => make().SaveTo(folder);

    private static string Copy(string path, string folder)
    {
        var copy = Path.Combine(folder, "model.onnx");
        File.Copy(path, copy);
        return copy;
    }

    private static ValueInfoProto Named(ValueInfoProto value, string name)
    {
        var copy = value.Clone();
        copy.Name = name;
        return copy;
    }

    private static NodeProto Cast() => new()
    {
        OpType = "Cast", Input = { "input" }, Output = { "floats" }, Attribute = { ModelBuilder.Int("to", (int)DataType.Float) },
    };

    private static ModelProto NoInput() => Graphs.Classifier().Change(m =>
    {
        m.Graph.Input.Clear();
        m.Graph.Initializer.Add(TensorData.Create<float>("input", new float[192], 1, 3, 8, 8));
    });

    private static ModelProto Flat()
    {
        var builder = new ModelBuilder([4]);
        return builder.Build(builder.Gemm("input", 4, 5)).WithInput(DataType.Float, -1, 4);
    }

    private static ModelProto Grey()
    {
        var builder = new ModelBuilder([1, 8, 8]);
        return builder.Build(builder.Node("Flatten", [builder.Node("GlobalAveragePool", [builder.Conv("input", 1, 5)])]));
    }

    private static ModelProto TwoOutputs()
    {
        var builder = new ModelBuilder([3, 8, 8]);
        var pooled = builder.Node("Flatten", [builder.Node("GlobalAveragePool", [builder.Conv("input", 3, 4)])]);
        return builder.Build(builder.Gemm(pooled, 4, 5), pooled);
    }

    private static ModelProto Segmentation()
    {
        var builder = new ModelBuilder([3, 8, 8]);
        return builder.Build(builder.Conv("input", 3, 4));
    }

    private static Action<ModelProto> OutputIs(DataType type) => model => model.Graph.Output[0].Type.TensorType.ElemType = (int)type;

    private static string Probabilities(ModelBuilder builder, string logits)
    {
        var powers = builder.Node("Exp", [logits]);
        return builder.Node("Div", [powers, builder.Node("ReduceSum", [powers, builder.Integers([1])])]);
    }

    private static ModelProto Declared() => Graphs.Classifier().Change(model =>
    {
        var weights = model.Graph.Initializer[0];
        weights.Dims[0] = 1L << 40;
        weights.ClearRawData();
    });

    private static string Terabytes(ModelBuilder builder, string logits) =>
        builder.Node("Add", [logits, builder.Node("ReduceMax", [builder.Node("ConstantOfShape", [builder.Integers([1 << 20, 1 << 20])])], ModelBuilder.Int("keepdims", 0))]);

    private static void ConstantNodes(ModelProto model)
    {
        foreach (var tensor in model.Graph.Initializer.Where(tensor => tensor.DataType == (int)DataType.Int64).ToList())
        {
            model.Graph.Initializer.Remove(tensor);
            model.Graph.Node.Insert(0, new NodeProto { OpType = "Constant", Output = { tensor.Name }, Attribute = { new AttributeProto { Name = "value", T = tensor, Type = AttributeProto.Types.AttributeType.Tensor } } });
        }
    }

    // The weights are the same everywhere: a small file, and a lot of work.
    private static ModelProto Slow()
    {
        var builder = new ModelBuilder([3, 224, 224]);
        var x = builder.Conv("input", 3, 64);
        var weights = builder.Random([64, 64, 3, 3], 0.01);
        for (var i = 0; i < 300; i++)
        {
            x = builder.Node("Conv", [x, weights], ModelBuilder.Ints("pads", 1, 1, 1, 1));
        }
        return builder.Build(builder.Gemm(builder.Node("Flatten", [builder.Node("GlobalAveragePool", [x])]), 64, 5));
    }

    private static ModelProto Doubling()
    {
        var builder = new ModelBuilder([3, 8, 8]);
        var x = "input";
        for (var i = 0; i < 40; i++)
        {
            x = builder.Node("Concat", [x, x], ModelBuilder.Int("axis", 2));
        }
        return builder.Build(builder.Gemm(builder.Node("Flatten", [builder.Node("GlobalAveragePool", [x])]), 3, 5));
    }

    private static string Text(string folder, string text)
    {
        var path = Path.Combine(folder, "names.txt");
        File.WriteAllText(path, text);
        return path;
    }
}
