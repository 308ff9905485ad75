using LatencyLab.Inference.Optimization.Onnx;
using DataType = LatencyLab.Inference.Optimization.Onnx.TensorProto.Types.DataType;

namespace LatencyLab.Tests.Optimization;

/// <summary>Builds small float models with reproducible random weights.</summary>
internal sealed class ModelBuilder
{
    private readonly Random _random = new(7);
    private readonly ModelProto _model;
    private int _nodes;

    public ModelBuilder(long[] pictureShape, int opset = 13, long? batch = null)
    {
        _model = new ModelProto
        {
            IrVersion = 7, Graph = new GraphProto { Name = "test" }, OpsetImport = { new OperatorSetIdProto { Domain = "", Version = opset } },
        };
        var shape = new TensorShapeProto { Dim = { batch is { } n ? new TensorShapeProto.Types.Dimension { DimValue = n } : new() { DimParam = "N" } } };
        shape.Dim.Add(pictureShape.Select(d => new TensorShapeProto.Types.Dimension { DimValue = d }));
        _model.Graph.Input.Add(Tensor("input", shape));
    }

    public string Conv(string input, int inputs, int outputs, int kernel = 3, int group = 1, bool bias = true)
    {
        var weights = Random([outputs, inputs / group, kernel, kernel], Math.Sqrt(2.0 * group / (inputs * kernel * kernel)));
        string[] operands = bias ? [input, weights, Random([outputs], 0.2)] : [input, weights];
        return Node("Conv", operands, Ints("pads", kernel / 2, kernel / 2, kernel / 2, kernel / 2), Int("group", group));
    }

    public string BatchNormalization(string input, int channels) =>
        Node("BatchNormalization", [input, Random([channels], 0.5), Random([channels], 0.5), Random([channels], 0.5), Positive(channels)]);

    public string Clip(string input, float min, float max) => Node("Clip", [input, Constant(min), Constant(max)]);

    public string MaxPool(string input) => Node("MaxPool", [input], Ints("kernel_shape", 2, 2), Ints("strides", 2, 2));

    public string Gemm(string input, int inputs, int outputs, bool transposed = true) => transposed
        ? Node("Gemm", [input, Random([outputs, inputs], Math.Sqrt(1.0 / inputs)), Random([outputs], 0.2)], Int("transB", 1))
        : Node("Gemm", [input, Random([inputs, outputs], Math.Sqrt(1.0 / inputs)), Random([outputs], 0.2)]);

    public string Node(string operatorType, string[] inputs, params AttributeProto[] attributes)
    {
        var name = $"{operatorType.ToLowerInvariant()}{_nodes++}";
        _model.Graph.Node.Add(new NodeProto { OpType = operatorType, Name = name, Input = { inputs }, Output = { $"{name}_out" }, Attribute = { attributes } });
        return $"{name}_out";
    }

    public string[] Split(string input, int parts)
    {
        Node("Split", [input], Int("axis", 1));
        var node = _model.Graph.Node[^1];
        node.Output.Add(Enumerable.Range(1, parts - 1).Select(part => $"{node.Name}_out{part}"));
        return [.. node.Output];
    }

    public string Random(long[] shape, double deviation)
    {
        var values = new float[shape.Aggregate(1L, (product, d) => product * d)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)((_random.NextDouble() + _random.NextDouble() + _random.NextDouble() - 1.5) * 2 * deviation);
        }

        return Add(TensorData.Create<float>($"w{_model.Graph.Initializer.Count}", values, shape));
    }

    public string Constant(float value) => Add(TensorData.Create<float>($"w{_model.Graph.Initializer.Count}", [value]));

    public string Integers(long[] values) => Add(TensorData.Create<long>($"w{_model.Graph.Initializer.Count}", values, values.Length));

    public ModelProto Build(params string[] outputs)
    {
        _model.Graph.Output.Add(outputs.Select(name => Tensor(name, shape: null)));
        return _model;
    }

    public static AttributeProto Int(string name, long value) => new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    public static AttributeProto Float(string name, float value) => new() { Name = name, F = value, Type = AttributeProto.Types.AttributeType.Float };

    public static AttributeProto Ints(string name, params long[] values) => new() { Name = name, Ints = { values }, Type = AttributeProto.Types.AttributeType.Ints };

    private string Positive(int channels)
    {
        var name = Random([channels], 1);
        var tensor = _model.Graph.Initializer.Single(t => t.Name == name);
        var values = TensorData.Floats(tensor).Select(v => 0.1f + MathF.Abs(v)).ToArray();
        tensor.RawData = TensorData.Create<float>("", values, channels).RawData;
        return name;
    }

    private string Add(TensorProto tensor)
    {
        _model.Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private static ValueInfoProto Tensor(string name, TensorShapeProto? shape)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float };
        if (shape is not null)
        {
            tensor.Shape = shape;
        }

        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}
