using LatencyLab.Inference.Layers;

namespace LatencyLab.Tests.Layers;

public class RooflineTests
{
    private static readonly MachinePeak Peak = new()
    {
        Fp32GigaMultiplyAddsPerSecond = 100,
        Int8GigaMultiplyAddsPerSecond = 400,
        MemoryGigabytesPerSecond = 10,
        Threads = 1,
        MeasuredAt = DateTimeOffset.UnixEpoch,
    };

    [Fact]
    public void ALayer_WithMuchArithmetic_IsHeldAgainstArithmetic()
    {
        var layer = Roofline.Apply(ExampleLayer.Create("conv", 2) with { MultiplyAdds = 50_000_000, BytesMoved = 1_000_000 }, Peak);

        Assert.Equal(25, layer.GigaOpsPerSecond!.Value, 9);
        Assert.Equal(0.25, layer.ShareOfPeak!.Value, 9);
        Assert.Equal(LayerBound.Compute, layer.Bound);
    }

    [Fact]
    public void ALayer_InInt8_IsHeldAgainstTheInt8Peak()
    {
        var layer = Roofline.Apply(ExampleLayer.Create("conv", 2) with { MultiplyAdds = 50_000_000, BytesMoved = 1_000, RunsInInt8 = true }, Peak);

        Assert.Equal(0.0625, layer.ShareOfPeak!.Value, 9);
    }

    [Fact]
    public void ALayer_WithMuchMemory_IsHeldAgainstBandwidth()
    {
        var layer = Roofline.Apply(ExampleLayer.Create("gemm", 2) with { MultiplyAdds = 4_000_000, BytesMoved = 16_000_000 }, Peak);

        Assert.Equal(0.8, layer.ShareOfPeak!.Value, 9);
        Assert.Equal(LayerBound.Memory, layer.Bound);
    }

    [Fact]
    public void ALayer_FasterThanMemoryAllows_WasNotHeldBackByMemory()
    {
        var conv = Roofline.Apply(ExampleLayer.Create("conv", 2) with { MultiplyAdds = 50_000_000, BytesMoved = 30_000_000 }, Peak);
        var relu = Roofline.Apply(ExampleLayer.Create("relu", 2) with { BytesMoved = 30_000_000 }, Peak);

        Assert.Equal((0.25, LayerBound.Compute), (conv.ShareOfPeak, conv.Bound));
        Assert.Null(relu.ShareOfPeak);
        Assert.Null(relu.Bound);
    }

    [Fact]
    public void ALayer_WithoutAPeak_StillHasItsRate()
    {
        var layer = Roofline.Apply(ExampleLayer.Create("conv", 2) with { MultiplyAdds = 50_000_000, BytesMoved = 1_000 }, peak: null);

        Assert.Equal(25, layer.GigaOpsPerSecond!.Value, 9);
        Assert.Null(layer.ShareOfPeak);
    }

    [Theory]
    [InlineData("Conv", new long[] { 1, 32, 56, 56 }, new long[] { 24, 144, 1, 1 }, 24 * 144 * 56 * 56)] // filled up to a block of 32
    [InlineData("QLinearConv", new long[] { 1, 56, 56, 24 }, new long[] { 24, 144, 1, 1 }, 24 * 144 * 56 * 56)] // channels last
    [InlineData("QLinearConv", new long[] { 1, 24, 56, 56 }, new long[] { 24, 144, 1, 1 }, 24 * 144 * 56 * 56)]
    [InlineData("Conv", new long[] { 1, 96, 112, 112 }, new long[] { 96, 1, 3, 3 }, 96 * 9 * 112 * 112)] // depthwise
    [InlineData("Gemm", new long[] { 1, 10 }, new long[] { 10, 320 }, 3200)]
    [InlineData("MatMul", new long[] { 1, 10 }, new long[] { 320, 10 }, 3200)]
    public void MultiplyAdds_OfAnyLayout_CountEveryWeightOnceAPosition(string operatorType, long[] output, long[] weights, long expected) =>
        Assert.Equal(expected, LayerArithmetic.MultiplyAdds(operatorType, output, weights));

    [Fact]
    public void APeak_MeasuredTwice_IsMeasuredOnce()
    {
        var first = MachinePeakProbe.Measure(1, CancellationToken.None);

        Assert.True(first.Fp32GigaMultiplyAddsPerSecond > 0.1, $"{first}");
        Assert.True(first.Int8GigaMultiplyAddsPerSecond > 0.1, $"{first}");
        Assert.InRange(first.MemoryGigabytesPerSecond, 0.05, 5000);
        Assert.Same(first, MachinePeakProbe.Measure(1, CancellationToken.None));
    }
}
