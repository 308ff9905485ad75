using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Tests.Optimization;

public class QuantizationArithmeticTests
{
    [Theory]
    [InlineData(-1f, 3f, 4f / 255, 64)] // 1 / (4/255) = 63.75
    [InlineData(0f, 6f, 6f / 255, 0)]
    [InlineData(2f, 6f, 6f / 255, 0)] // widened to hold 0
    [InlineData(-5f, -1f, 5f / 255, 255)]
    [InlineData(0f, 0f, 1f / 255, 0)] // never active in calibration
    public void ActivationScale_ForRange_CoversItAndHoldsZero(float min, float max, float scale, byte zeroPoint)
    {
        var mapping = ActivationScale.Covering(new ActivationRange(min, max));

        Assert.Equal(scale, mapping.Scale, 1e-7f);
        Assert.Equal(zeroPoint, mapping.ZeroPoint);
    }

    [Fact]
    public void ActivationScale_ForVanishingRange_StaysANormalNumber() =>
        Assert.True(float.IsNormal(ActivationScale.Covering(new ActivationRange(0, 1e-42f)).Scale));

    [Fact]
    public void Weights_TwoChannels_EachTakesItsOwnScale()
    {
        var quantized = new WeightQuantizer(WeightRange.EightBit).Quantize([1.27f, -0.63f, 0.0254f, 0.0002f], [0.5f, -0.001f], inputScale: 0.1f, channelStride: 2);

        Assert.Equal([127, -63, 127, 1], quantized.Values);
        Assert.Equal([0.01f, 0.0002f], quantized.Scales, (a, b) => MathF.Abs(a - b) < 1e-8f);
        Assert.Equal([500, -50], quantized.Bias); // 0.5 / (0.01 x 0.1) and -0.001 / (0.0002 x 0.1)
        Assert.Equal([0.001f, 0.00002f], quantized.BiasScales, (a, b) => MathF.Abs(a - b) < 1e-9f);
    }

    [Fact]
    public void Weights_ChannelsInTheLastAxis_AreToldApart()
    {
        // Two rows, two channels: the columns are (1, 0.5) and (10, -5).
        var quantized = new WeightQuantizer(WeightRange.EightBit).Quantize([1f, 10f, 0.5f, -5f], [0f, 0f], 0.1f, channelStride: 1);

        Assert.Equal([126, 126, 63, -63], quantized.Values); // of 127 steps the half would fall between two
        Assert.Equal(10, quantized.Scales[1] / quantized.Scales[0], 1e-4f);
    }

    [Fact]
    public void Weights_OnACoarserGrid_AreMetExactly()
    {
        float[] weights = [-0.9f, 0.13f, 0.55f, 0.01f, -0.48f]; // hundredths: 90 steps

        var quantized = new WeightQuantizer(WeightRange.EightBit).Quantize(weights, [0f], inputScale: 0.1f, channelStride: 5);

        Assert.Equal([-90, 13, 55, 1, -48], quantized.Values);
    }

    [Fact]
    public void Weights_DeadChannel_KeepsItsBias()
    {
        var quantized = new WeightQuantizer(WeightRange.EightBit).Quantize([0f, 0f, 1f, 1f], [2.5f, 1f], 0.02f, channelStride: 2);

        Assert.Equal([0, 0], quantized.Values[..2]);
        Assert.True(float.IsNormal(quantized.Scales[0]));
        Assert.Equal(2.5, quantized.Bias[0] * (double)quantized.BiasScales[0], 1e-5);
    }

    [Fact]
    public void Weights_DeadChannelWithoutBias_IsZero()
    {
        var quantized = new WeightQuantizer(WeightRange.EightBit).Quantize([0f, 0f], [0f], 1e-12f, channelStride: 2);

        Assert.True(float.IsNormal(quantized.BiasScales[0]));
        Assert.Equal(0, quantized.Bias[0]);
    }

    [Fact]
    public void Weights_LargeBiasBesideTinyWeights_DoesNotOverflow()
    {
        var quantized = new WeightQuantizer(WeightRange.EightBit).Quantize([1e-9f, -1e-9f], [-4f], 0.01f, channelStride: 2);

        Assert.Equal(-4, quantized.Bias[0] * (double)quantized.BiasScales[0], 1e-5);
    }

    [Fact]
    public void Weights_SevenBit_UseHalfOfTheRange()
    {
        var quantized = new WeightQuantizer(WeightRange.SevenBit).Quantize([0.63f, -0.63f, 0.1f], [0f], 0.1f, channelStride: 3);

        Assert.Equal([63, -63, 10], quantized.Values);
    }

    [Fact]
    public void MinMax_OverSeveralBatches_KeepsTheExtremes()
    {
        var estimator = new MinMaxCalibration().CreateEstimator();

        estimator.Observe([0.5f, -1f]);
        estimator.Observe([]);
        estimator.Observe([3f, 0f]);

        Assert.Equal(new ActivationRange(-1, 3), estimator.Estimate());
    }
}
