using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Tests.Optimization;

public class BiasCorrectionTests
{
    [Fact]
    public void Correction_OfGemm_TakesOutErrorTimesMeanInput()
    {
        // 0.5 became 63/127, 0.003937 too little; times a mean input of 10.
        var quantized = new QuantizedWeights([127, 63], [1f / 127], [0], [1f]);
        var gemm = new NodeProto { OpType = "Gemm", Attribute = { ModelBuilder.Int("transB", 1) } };

        var bias = BiasCorrection.Apply(gemm, [1, 2], [1f, 0.5f], quantized, [0.25f], inputMeans: [3f, 10f]);

        Assert.Equal(0.28937f, Assert.Single(bias), 1e-5f);
    }

    [Fact]
    public void Correction_OfUntransposedGemm_FindsTheSameWeights()
    {
        // Rows are inputs: (1, 2) and (0.5, 1); errors (0, 0) and (0.1, 0).
        var quantized = new QuantizedWeights([10, 10, 6, 5], [0.1f, 0.2f], [0, 0], [1f, 1f]);

        var bias = BiasCorrection.Apply(new NodeProto { OpType = "Gemm" }, [2, 2], [1f, 2f, 0.5f, 1f], quantized, [0f, 0f], inputMeans: [100f, 2f]);

        Assert.Equal([-0.2f, 0f], bias, (a, b) => MathF.Abs(a - b) < 1e-5f);
    }

    [Fact]
    public void Correction_OfDepthwiseConvolution_PairsChannelsWithTheirOwnInput()
    {
        var quantized = new QuantizedWeights([60, 30], [0.01f, 0.01f], [0, 0], [1f, 1f]);
        var convolution = new NodeProto { OpType = "Conv", Attribute = { ModelBuilder.Int("group", 2) } };

        var bias = BiasCorrection.Apply(convolution, [2, 1, 1, 1], [0.5f, 0.25f], quantized, [0f, 0f], inputMeans: [1f, 4f]);

        Assert.Equal([-0.1f, -0.2f], bias, (a, b) => MathF.Abs(a - b) < 1e-5f);
    }

    [Fact]
    public void Means_OverBatches_AreThoseOfEachChannel()
    {
        var means = new ChannelMeans();

        means.Observe([1, 3, 10, 20, 5, 7, 30, 40], [2, 2, 1, 2]);
        means.Observe([9, 11, 0, 0], [1, 2, 1, 2]);

        Assert.Equal([6f, 100f / 6], means.Means(), (a, b) => MathF.Abs(a - b) < 1e-5f);
    }

    [Fact]
    public void Quantize_WithCorrection_HasLessMeanErrorThanWithout()
    {
        // All pictures are bright, so rounding errors of weights do not cancel over a picture.
        var pictures = ModelRunner.Pictures(8, 3, 16, 16).Select(p => p.Select(v => v + 3).ToArray()).ToArray();
        var builder = new ModelBuilder([3, 16, 16]);
        var model = builder.Build(builder.Conv("input", 3, 16, bias: false));

        var corrected = MeanError(model, pictures, correct: true);
        var plain = MeanError(model, pictures, correct: false);

        Assert.True(corrected < plain / 2, $"mean error per channel {corrected} with correction, {plain} without");
    }

    private static double MeanError(ModelProto model, float[][] pictures, bool correct)
    {
        var options = new QuantizationOptions { CorrectBias = correct, WeightRange = WeightRange.SevenBit };
        var quantized = StaticQuantizer.Quantize(model, new TensorCalibrationSource(pictures, [3, 16, 16]), options).Model;
        var errors = new double[16];
        using var before = new ModelSession(model);
        using var after = new ModelSession(quantized);
        foreach (var picture in pictures)
        {
            var (expected, actual) = (before.Run(picture, 3, 16, 16), after.Run(picture, 3, 16, 16));
            for (var i = 0; i < expected.Length; i++)
            {
                errors[i / 256] += (actual[i] - expected[i]) / (256 * pictures.Length);
            }
        }

        return errors.Average(Math.Abs);
    }
}
