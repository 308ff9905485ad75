using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Tests.Optimization;

/// <summary>Small networks made of the building blocks of the well-known families of CNN classifiers, as exporters write them.</summary>
internal static class FamilyNetworks
{
    public const int Classes = 10;

    public static readonly int[] Shape = [3, 32, 32];

    public static ModelProto Build(string family)
    {
        var net = new ModelBuilder([3, 32, 32]);
        var logits = family switch
        {
            "ResNet" => ResNet(net),
            "MobileNetV1" => MobileNetV1(net),
            "MobileNetV2" => MobileNetV2(net),
            "MobileNetV3" => MobileNetV3(net),
            "EfficientNet" => EfficientNet(net),
            "SqueezeNet" => SqueezeNet(net),
            "ShuffleNetV1" => ShuffleNetV1(net),
            "ShuffleNetV2" => ShuffleNetV2(net),
            "Inception" => Inception(net),
            _ => throw new ArgumentOutOfRangeException(nameof(family)),
        };
        var model = net.Build(logits);
        TensorShapeProto.Types.Dimension[] dimensions = [new() { DimParam = "N" }, new() { DimValue = Classes }];
        model.Graph.Output[0].Type.TensorType.Shape = new TensorShapeProto { Dim = { dimensions } };
        return model;
    }

    private static string ResNet(ModelBuilder net)
    {
        var x = net.MaxPool(ConvBnRelu(net, "input", 3, 32, kernel: 7));
        x = Bottleneck(net, x, 32, 16, 64);
        return Classify(net, Bottleneck(net, x, 64, 16, 64), 64);
    }

    private static string Bottleneck(ModelBuilder net, string x, int inputs, int narrow, int outputs)
    {
        var branch = ConvBnRelu(net, ConvBnRelu(net, x, inputs, narrow, kernel: 1), narrow, narrow);
        branch = net.BatchNormalization(net.Conv(branch, narrow, outputs, kernel: 1, bias: false), outputs);
        var shortcut = inputs == outputs ? x : net.BatchNormalization(net.Conv(x, inputs, outputs, kernel: 1, bias: false), outputs);
        return net.Node("Relu", [net.Node("Sum", [branch, shortcut])]);
    }

    private static string MobileNetV1(ModelBuilder net)
    {
        var x = net.Clip(net.Conv("input", 3, 16), 0, 6);
        x = net.Clip(net.Conv(x, 16, 16, group: 16), 0, 6);
        x = net.Clip(net.Conv(x, 16, 32, kernel: 1), 0, 6);
        return Classify(net, x, 32);
    }

    private static string MobileNetV2(ModelBuilder net)
    {
        var x = net.Conv(net.Clip(net.Conv("input", 3, 16), 0, 6), 16, 16, kernel: 1);
        var wide = net.Clip(net.Conv(x, 16, 48, kernel: 1), 0, 6);
        wide = net.Clip(net.Conv(wide, 48, 48, group: 48), 0, 6);
        x = net.Node("Add", [x, net.Conv(wide, 48, 16, kernel: 1)]);
        return Classify(net, net.Clip(net.Conv(x, 16, 64, kernel: 1), 0, 6), 64);
    }

    private static string MobileNetV3(ModelBuilder net)
    {
        var x = HardSwish(net, net.Conv("input", 3, 16));
        var wide = HardSwish(net, net.Conv(x, 16, 48, kernel: 1));
        wide = net.Conv(wide, 48, 48, kernel: 5, group: 48);
        wide = HardSwish(net, SqueezeAndExcite(net, wide, 48, x => net.Node("Relu", [x]), x => HardSigmoid(net, x)));
        x = net.Node("Add", [x, net.Conv(wide, 48, 16, kernel: 1)]);
        x = net.Node("Flatten", [net.Node("GlobalAveragePool", [x])], ModelBuilder.Int("axis", 1));
        return net.Gemm(HardSwish(net, net.Gemm(x, 16, 64)), 64, Classes);
    }

    private static string EfficientNet(ModelBuilder net)
    {
        var x = Silu(net, net.BatchNormalization(net.Conv("input", 3, 16, bias: false), 16));
        var wide = Silu(net, net.Conv(x, 16, 48, kernel: 1));
        wide = Silu(net, net.Conv(wide, 48, 48, kernel: 5, group: 48));
        wide = SqueezeAndExcite(net, wide, 48, x => Silu(net, x), x => net.Node("Sigmoid", [x]));
        x = Silu(net, net.Node("Add", [x, net.Conv(wide, 48, 16, kernel: 1)]));
        x = net.Node("ReduceMean", [x], ModelBuilder.Ints("axes", 2, 3), ModelBuilder.Int("keepdims", 0));
        return net.Gemm(x, 16, Classes);
    }

    private static string SqueezeNet(ModelBuilder net)
    {
        var x = net.MaxPool(ConvRelu(net, "input", 3, 32));
        var squeezed = ConvRelu(net, x, 32, 8, kernel: 1);
        x = Concat(net, ConvRelu(net, squeezed, 8, 16, kernel: 1), ConvRelu(net, squeezed, 8, 16));
        x = ConvRelu(net, net.Node("Dropout", [x]), 32, Classes, kernel: 1);
        return net.Node("Softmax", [net.Node("Flatten", [net.Node("GlobalAveragePool", [x])])], ModelBuilder.Int("axis", 1));
    }

    private static string ShuffleNetV1(ModelBuilder net)
    {
        var x = net.MaxPool(ConvRelu(net, "input", 3, 24));
        var branch = net.Node("Relu", [net.Conv(x, 24, 24, kernel: 1, group: 3)]);
        branch = net.Conv(Shuffle(net, branch, 3, 8, 16), 24, 24, group: 24);
        branch = net.Conv(branch, 24, 24, kernel: 1, group: 3);
        var shortcut = net.Node("AveragePool", [x], ModelBuilder.Ints("kernel_shape", 3, 3), ModelBuilder.Ints("pads", 1, 1, 1, 1));
        return Classify(net, net.Node("Relu", [Concat(net, shortcut, branch)]), 48);
    }

    private static string ShuffleNetV2(ModelBuilder net)
    {
        var x = net.MaxPool(ConvRelu(net, "input", 3, 32));
        for (var block = 0; block < 2; block++)
        {
            var halves = net.Split(x, 2);
            var branch = net.Conv(ConvRelu(net, halves[1], 16, 16, kernel: 1), 16, 16, group: 16);
            x = Shuffle(net, Concat(net, halves[0], ConvRelu(net, branch, 16, 16, kernel: 1)), 2, 16, 16);
        }

        return Classify(net, x, 32);
    }

    private static string Inception(ModelBuilder net)
    {
        var x = net.Node("LRN", [net.MaxPool(ConvRelu(net, "input", 3, 32))], ModelBuilder.Int("size", 5));
        x = net.Node("Pad", [ConvRelu(net, x, 32, 32, kernel: 1), net.Integers([0, 0, 1, 1, 0, 0, 1, 1])]);
        x = net.Node("Relu", [net.Node("Conv", [x, net.Random([32, 32, 3, 3], 0.08), net.Random([32], 0.2)])]);
        var factorized = net.Node("Conv", [ConvRelu(net, x, 32, 8, kernel: 1), net.Random([8, 8, 1, 7], 0.2)], ModelBuilder.Ints("pads", 0, 3, 0, 3));
        factorized = net.Node("Conv", [net.Node("Relu", [factorized]), net.Random([8, 8, 7, 1], 0.2)], ModelBuilder.Ints("pads", 3, 0, 3, 0));
        var averaged = net.Node(
            "AveragePool", [x], ModelBuilder.Ints("kernel_shape", 3, 3), ModelBuilder.Ints("pads", 1, 1, 1, 1), ModelBuilder.Int("count_include_pad", 1));
        var largest = net.Node("MaxPool", [x], ModelBuilder.Ints("kernel_shape", 3, 3), ModelBuilder.Ints("pads", 1, 1, 1, 1));
        x = Concat(
            net, ConvRelu(net, x, 32, 16, kernel: 1), net.Node("Relu", [factorized]), ConvRelu(net, averaged, 32, 8, kernel: 1), ConvRelu(net, largest, 32, 8));
        return Classify(net, x, 40);
    }

    private static string ConvRelu(ModelBuilder net, string x, int inputs, int outputs, int kernel = 3) =>
        net.Node("Relu", [net.Conv(x, inputs, outputs, kernel)]);

    private static string ConvBnRelu(ModelBuilder net, string x, int inputs, int outputs, int kernel = 3) =>
        net.Node("Relu", [net.BatchNormalization(net.Conv(x, inputs, outputs, kernel, bias: false), outputs)]);

    private static string Silu(ModelBuilder net, string x) => net.Node("Mul", [x, net.Node("Sigmoid", [x])]);

    private static string HardSigmoid(ModelBuilder net, string x) => net.Node("HardSigmoid", [x], ModelBuilder.Float("alpha", 1f / 6));

    private static string HardSwish(ModelBuilder net, string x) => net.Node("Mul", [x, HardSigmoid(net, x)]);

    private static string SqueezeAndExcite(ModelBuilder net, string x, int channels, Func<string, string> activation, Func<string, string> gate)
    {
        var squeezed = activation(net.Conv(net.Node("GlobalAveragePool", [x]), channels, channels / 4, kernel: 1));
        return net.Node("Mul", [x, gate(net.Conv(squeezed, channels / 4, channels, kernel: 1))]);
    }

    private static string Shuffle(ModelBuilder net, string x, int groups, int channels, int side)
    {
        x = net.Node("Reshape", [x, net.Integers([-1, groups, channels, side, side])]);
        x = net.Node("Transpose", [x], ModelBuilder.Ints("perm", 0, 2, 1, 3, 4));
        return net.Node("Reshape", [x, net.Integers([-1, groups * channels, side, side])]);
    }

    private static string Concat(ModelBuilder net, params string[] inputs) => net.Node("Concat", inputs, ModelBuilder.Int("axis", 1));

    private static string Classify(ModelBuilder net, string x, int channels) =>
        net.Gemm(net.Node("Flatten", [net.Node("GlobalAveragePool", [x])], ModelBuilder.Int("axis", 1)), channels, Classes);
}
