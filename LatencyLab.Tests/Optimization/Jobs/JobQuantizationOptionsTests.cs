using LatencyLab.Inference.Optimization.Jobs;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Tests.Models;

namespace LatencyLab.Tests.Optimization.Jobs;

public class JobQuantizationOptionsTests
{
    private static readonly QuantizeRequest Plain = new() { ModelId = "cifar10_resnet9" };

    public static TheoryData<string, QuantizeRequest> Senseless => new()
    {
        { "`method`: There is no calibration method `guess`", Plain with { Method = "guess" } },
        { "the percentile must be 90 to 100", Plain with { Method = "percentile:12" } },
        { "`activations`: Activations are u8 or s8, not `s7`", Plain with { Activations = "s7" } },
        { "`maxDrop` must be 0 to 100", Plain with { MaxDropPoints = 101 } },
        { "Give one of the two", Plain with { MaxDropPoints = 1, KeepInFloat = ["/features/features.0/features.0.0/Conv"] } },
        { "`keepInFloat`: There is no layer `nowhere`", Plain with { KeepInFloat = ["nowhere"] } },
    };

    public static TheoryData<string, QuantizeRequest> ForInt8Alone => new()
    {
        { "method", Plain with { Method = "mse" } },
        { "activations", Plain with { Activations = "u8" } },
        { "sevenBit", Plain with { SevenBit = true } },
        { "equalize", Plain with { Equalize = true } },
        { "keepInFloat", Plain with { KeepInFloat = ["conv"] } },
        { "maxDrop", Plain with { MaxDropPoints = 1 } },
    };

    [Theory]
    [MemberData(nameof(Senseless))]
    public void Options_Senseless_AreRefusedByName(string expected, QuantizeRequest request)
    {
        var refusal = Assert.Throws<OptimizationRefusedException>(() => JobQuantizationOptions.Of(request, EmbeddedZoo.Default));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ForInt8Alone))]
    public void Options_ForInt8Alone_AreRefusedForFp16(string name, QuantizeRequest request)
    {
        var refusal = Assert.Throws<OptimizationRefusedException>(() => JobQuantizationOptions.RefuseForFp16(request));

        Assert.Equal($"`{name}` is for `precision` int8: FP16 weights are rounded, not quantized.", refusal.Message);
    }

    [Fact]
    public void Options_Given_ReachTheQuantizer()
    {
        var options = JobQuantizationOptions.Of(
            Plain with { Method = "percentile:99.9", Activations = "s8", SevenBit = true, Equalize = true }, EmbeddedZoo.Default);

        Assert.Equal("percentile:99.9", options.Calibration.Name);
        Assert.Equal((ActivationType.S8, WeightRange.SevenBit, true), (options.Activations, options.WeightRange, options.Equalize));
    }

    [Fact]
    public void Options_OfAnyJob_TakeOneThread()
    {
        Assert.Equal(1, JobQuantizationOptions.Of(Plain, EmbeddedZoo.Default).Threads);
        Assert.Equal(1, JobQuantizationOptions.Of(new SensitivityRequest { ModelId = "cifar10_resnet9" }).Threads);
    }
}
