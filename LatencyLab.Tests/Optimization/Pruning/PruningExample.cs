using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Tests.Optimization.Pruning;

/// <summary>A small network in which some channels do nothing, so that taking exactly those changes no output.</summary>
/// <param name="Model">The network; its picture is [3, 8, 8].</param>
/// <param name="Units">Units of channels that may go.</param>
/// <param name="Idle">Units that do nothing.</param>
internal sealed record PruningExample(ModelProto Model, int Units, int Idle)
{
    public double KeepShare => (double)(Units - Idle) / Units;

    /// <summary>By name, for theories.</summary>
    public static PruningExample Named(string name)
    {
        var builder = new ModelBuilder([3, 8, 8]);
        return name switch
        {
            "chain" => Chain(builder),
            "residual" => Residual(builder),
            "depthwise" => Depthwise(builder, multiplier: 1),
            "depth multiplier" => Depthwise(builder, multiplier: 2),
            "squeeze and excite" => SqueezeAndExcite(builder),
            "concatenation" => Concatenation(builder),
            "flattened map" => FlattenedMap(builder),
            "named reshape" => NamedReshape(builder),
            "transposed product" => TransposedProduct(builder),
            "constants" => Constants(builder),
            "shared weights" => SharedWeights(builder),
            _ => throw new ArgumentException($"There is no example '{name}'.", nameof(name)),
        };
    }

    private static PruningExample Chain(ModelBuilder builder)
    {
        var first = builder.BatchNormalization(builder.Conv("input", 3, 8, bias: false), 8);
        var second = builder.BatchNormalization(builder.Conv(builder.Node("Relu", [first]), 8, 12), 12);
        return Silenced(Classifier(builder, builder.MaxPool(builder.Node("Tanh", [second])), 12), 20, 4, (first, [1, 2]), (second, [0, 11]));
    }

    private static PruningExample Residual(ModelBuilder builder)
    {
        var stem = builder.Conv("input", 3, 8);
        var inner = builder.Conv(stem, 8, 6);
        var outer = builder.Conv(builder.Node("Relu", [inner]), 6, 8);
        return Silenced(Classifier(builder, builder.Node("Add", [stem, outer]), 8), 14, 3, (stem, [3, 4]), (outer, [3, 4]), (inner, [5]));
    }

    private static PruningExample Depthwise(ModelBuilder builder, int multiplier)
    {
        var expanded = builder.Conv("input", 3, 8, kernel: 1);
        var weights = builder.Random([8 * multiplier, 1, 3, 3], 0.3);
        var depthwise = builder.Node(
            "Conv", [builder.Clip(expanded, 0, 6), weights, builder.Random([8 * multiplier], 0.2)],
            ModelBuilder.Ints("pads", 1, 1, 1, 1), ModelBuilder.Int("group", 8));
        int[] made = [.. Enumerable.Range(2 * multiplier, multiplier), .. Enumerable.Range(5 * multiplier, multiplier)];
        var model = Classifier(builder, builder.Conv(builder.Clip(depthwise, 0, 6), 8 * multiplier, 6, kernel: 1), 6);
        return Silenced(model, 14, 2, (expanded, [2, 5]), (depthwise, made));
    }

    private static PruningExample SqueezeAndExcite(ModelBuilder builder)
    {
        var main = builder.Conv("input", 3, 8);
        var reduced = builder.Conv(builder.Node("ReduceMean", [main], ModelBuilder.Ints("axes", 2, 3)), 8, 4, kernel: 1);
        var gate = builder.Conv(builder.Node("Relu", [reduced]), 4, 8, kernel: 1);
        var model = Classifier(builder, builder.Node("Mul", [main, builder.Node("HardSigmoid", [gate])]), 8);
        return Silenced(model, 12, 3, (main, [0, 6]), (gate, [0, 6]), (reduced, [2]));
    }

    private static PruningExample Concatenation(ModelBuilder builder)
    {
        var left = builder.Conv("input", 3, 5);
        var right = builder.Conv("input", 3, 7);
        var both = builder.Node("Concat", [left, "input", right], ModelBuilder.Int("axis", 1));
        return Silenced(Classifier(builder, builder.Conv(both, 15, 4), 4), 16, 3, (left, [4]), (right, [0, 3]));
    }

    private static PruningExample FlattenedMap(ModelBuilder builder)
    {
        var conv = builder.Conv("input", 3, 6);
        var hidden = builder.Gemm(builder.Node("Flatten", [builder.MaxPool(conv)]), 6 * 16, 9, transposed: false);
        return Silenced(builder.Build(builder.Gemm(builder.Node("Relu", [hidden]), 9, 5)), 15, 3, (conv, [1, 2]), (hidden, [8]));
    }

    private static PruningExample NamedReshape(ModelBuilder builder)
    {
        var conv = builder.Conv("input", 3, 6);
        var flat = builder.Node("Reshape", [builder.MaxPool(conv), builder.Integers([-1, 96])]);
        return Silenced(builder.Build(builder.Gemm(flat, 96, 5)), 6, 2, (conv, [0, 5]));
    }

    private static PruningExample TransposedProduct(ModelBuilder builder)
    {
        var conv = builder.Conv("input", 3, 6);
        var weights = builder.Node("Transpose", [builder.Random([5, 6], 0.3)], ModelBuilder.Ints("perm", 1, 0));
        var pooled = builder.Node("Squeeze", [builder.Node("GlobalAveragePool", [conv]), builder.Integers([2, 3])]);
        return Silenced(builder.Build(builder.Node("Mul", [builder.Node("MatMul", [pooled, weights]), builder.Constant(0.1f)])), 6, 2, (conv, [2, 3]));
    }

    private static PruningExample Constants(ModelBuilder builder)
    {
        var conv = builder.Conv("input", 3, 6);
        var x = builder.Node("PRelu", [builder.Node("Mul", [builder.Random([1, 6, 1, 1], 1), conv]), builder.Random([6, 1, 1], 0.3)]);
        x = builder.Node("Pad", [x, builder.Integers([0, 0, 1, 1, 0, 0, 1, 1])]);
        return Silenced(Classifier(builder, x, 6), 6, 2, (conv, [0, 1]));
    }

    private static PruningExample SharedWeights(ModelBuilder builder)
    {
        var first = builder.Conv("input", 3, 8);
        var second = builder.Conv(first, 8, 8);
        var third = builder.Conv(second, 8, 8);
        var model = Classifier(builder, third, 8);
        model.Graph.Node[2].Input[1] = model.Graph.Node[1].Input[1];
        return Silenced(model, 24, 5, (first, [5]), (second, [1, 2]), (third, [1, 2]));
    }

    private static ModelProto Classifier(ModelBuilder builder, string features, int channels) =>
        builder.Build(builder.Gemm(builder.Node("Flatten", [builder.Node("GlobalAveragePool", [features])]), channels, 5));

    private static PruningExample Silenced(ModelProto model, int units, int idle, params (string Tensor, int[] Channels)[] channels)
    {
        foreach (var (tensor, silenced) in channels)
        {
            IdleChannels.Silence(model, tensor, silenced);
        }

        return new PruningExample(model, units, idle);
    }
}
