using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Tests.Optimization;

/// <summary>The picture's channels are filled up to four for the runtime's direct integer convolution.</summary>
public class InputPaddingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void PaddedPicture_GivesTheSameAnswerToTheBit(int channels)
    {
        var quantized = Quantize(channels, outputs: 24);

        Assert.Contains("Pad", ModelRunner.FusedOperators(quantized));
        foreach (var picture in ModelRunner.Pictures(3, channels, 16, 16))
        {
            long[] shape = [channels, 16, 16];
            Assert.Equal(ModelRunner.Run(WithoutPadding(quantized, channels), picture, shape), ModelRunner.Run(quantized, picture, shape));
        }
    }

    [Theory]
    [InlineData(4, 24)] // Full already.
    [InlineData(5, 24)]
    [InlineData(3, 15)] // Too few outputs for the direct convolution.
    public void WhereItBringsNothing_NothingIsPadded(int channels, int outputs) =>
        Assert.DoesNotContain(Quantize(channels, outputs).Graph.Node, node => node.OpType == "Pad");

    [Fact]
    public void GroupedConvolution_IsNotPadded()
    {
        var builder = new ModelBuilder([3, 16, 16]);
        var model = builder.Build(builder.Conv("input", 3, 24, group: 3));

        Assert.DoesNotContain(StaticQuantizer.Quantize(model, ModelRunner.Source(2, 3, 16, 16)).Model.Graph.Node, node => node.OpType == "Pad");
    }

    [Fact]
    public void SignedActivations_AreNotPadded() // Other runtimes fuse QuantizeLinear with the DequantizeLinear right behind it.
    {
        var signed = Quantize(3, 24, new QuantizationOptions { Activations = ActivationType.S8 });

        Assert.DoesNotContain(signed.Graph.Node, node => node.OpType == "Pad");
    }

    [Fact]
    public void PictureThatTwoConvolutionsRead_IsPaddedForTheOneThatGains()
    {
        var builder = new ModelBuilder([3, 16, 16]);
        var (wide, narrow) = (builder.Conv("input", 3, 16), builder.Conv("input", 3, 8));
        var model = builder.Build(builder.Node("Concat", [wide, narrow], ModelBuilder.Int("axis", 1)));

        // So that nothing saturates: one of the calibration pictures is compared below.
        var options = new QuantizationOptions { Calibration = new MinMaxCalibration() };
        var quantized = StaticQuantizer.Quantize(model, ModelRunner.Source(8, 3, 16, 16), options).Model;

        Assert.Single(quantized.Graph.Node, node => node.OpType == "Pad");
        var picture = ModelRunner.Pictures(1, 3, 16, 16)[0];
        var expected = ModelRunner.Run(model, picture, [3, 16, 16]);
        var step = (expected.Max() - expected.Min()) / 255;
        Assert.Equal(expected, ModelRunner.Run(quantized, picture, [3, 16, 16]), (a, b) => MathF.Abs(a - b) < 4 * step);
    }

    private static ModelProto Quantize(int channels, int outputs, QuantizationOptions? options = null)
    {
        var builder = new ModelBuilder([channels, 16, 16]);
        var x = builder.Node("Relu", [builder.Conv("input", channels, outputs)]);
        var model = builder.Build(builder.Gemm(builder.Node("Flatten", [builder.MaxPool(x)]), outputs * 64, 10));
        return StaticQuantizer.Quantize(model, ModelRunner.Source(8, channels, 16, 16), options).Model;
    }

    /// <summary>The same model with the padding cut out by hand.</summary>
    private static ModelProto WithoutPadding(ModelProto padded, int channels)
    {
        var model = padded.Clone();
        var pad = model.Graph.Node.Single(node => node.OpType == "Pad");
        model.Graph.Node.Remove(pad);
        var reader = model.Graph.Node.Single(node => node.Input.Contains(pad.Output[0]));
        reader.Input[reader.Input.IndexOf(pad.Output[0])] = pad.Input[0];
        var weights = model.Graph.Initializer.Single(tensor => tensor.Dims.Count == 4);
        var kept = TensorData.Int8s(weights).Chunk(9).Where((_, filter) => filter % 4 < channels).SelectMany(filter => filter).ToArray();
        var narrow = TensorData.Create<sbyte>(weights.Name, kept, weights.Dims[0], channels, 3, 3);
        model.Graph.Initializer[model.Graph.Initializer.IndexOf(weights)] = narrow;
        return model;
    }
}
