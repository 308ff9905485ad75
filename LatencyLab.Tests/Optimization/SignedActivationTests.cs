using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Tests.Optimization;

public class SignedActivationTests
{
    private static readonly int[] Shape = [3, 32, 32];

    [Theory]
    [InlineData(-1f, 3f, -64)] // 64 - 128
    [InlineData(0f, 6f, -128)]
    [InlineData(-5f, -1f, 127)]
    public void Scale_Signed_IsTheUnsignedOneShifted(float min, float max, int zeroPoint)
    {
        var signed = ActivationScale.Covering(new(min, max), ActivationType.S8);

        Assert.Equal(zeroPoint, signed.ZeroPoint);
        Assert.Equal(ActivationScale.Covering(new(min, max)), signed with { ZeroPoint = zeroPoint + 128 });
    }

    [Fact]
    public void Quantize_Signed_AnswersAsUnsignedDoes()
    {
        var model = FamilyNetworks.Build("MobileNetV2");
        var signed = Quantize(model, ActivationType.S8);
        var unsigned = Quantize(model, ActivationType.U8);

        foreach (var picture in ModelRunner.Pictures(4, Shape))
        {
            var (a, b) = (ModelRunner.Run(signed.Model, picture, [3, 32, 32]), ModelRunner.Run(unsigned.Model, picture, [3, 32, 32]));
            Assert.Equal(a, b, (x, y) => MathF.Abs(x - y) < 0.02f * (b.Max() - b.Min()));
        }
    }

    [Fact]
    public void Quantize_Signed_WritesSignedZeroPointsOnly() =>
        Assert.DoesNotContain(
            Quantize(FamilyNetworks.Build("MobileNetV2"), ActivationType.S8).Model.Graph.Initializer,
            tensor => tensor.DataType == (int)TensorProto.Types.DataType.Uint8);

    [Fact]
    public void Report_Signed_WarnsOfX64()
    {
        var report = Quantize(FamilyNetworks.Build("MobileNetV1"), ActivationType.S8).Report;

        Assert.Equal("s8", report.Activations);
        Assert.Contains("slow on x64", report.ActivationPath, StringComparison.Ordinal);
        Assert.Equal("u8", Quantize(FamilyNetworks.Build("MobileNetV1"), ActivationType.U8).Report.Activations);
    }

    private static QuantizedModel Quantize(ModelProto model, ActivationType type) =>
        StaticQuantizer.Quantize(model, ModelRunner.Source(8, Shape), new QuantizationOptions { Activations = type });
}
