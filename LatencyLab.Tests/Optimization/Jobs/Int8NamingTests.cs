using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Jobs;
using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Tests.Optimization.Jobs;

public class Int8NamingTests
{
    [Fact]
    public void Name_OfThePlainMethod_IsTheMethod()
    {
        var name = Of(new QuantizationOptions());

        Assert.Equal(("int8-mse", "INT8 mse"), (name.Id, name.Title));
        Assert.Equal("Made here: statically quantized to 8-bit integers, mse calibration on 60 pictures, one CPU thread.", name.Description);
    }

    [Fact]
    public void Name_WithEveryOption_TellsThemAll()
    {
        var name = Of(new QuantizationOptions
        {
            Calibration = new PercentileCalibration(99.9),
            Activations = ActivationType.S8,
            Equalize = true,
            KeepInFloat = new HashSet<string> { "conv2", "conv1" },
        });

        Assert.Equal("int8-percentile-99-9-s8-equalized-2-in-float", name.Id);
        Assert.Equal("INT8 percentile:99.9, s8, equalized, 2 in float", name.Title);
        Assert.Contains("signed activations, weights of neighbouring layers equalized, conv1 and conv2 left in float, ", name.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_OfManyLayersInFloat_NamesSomeAndCountsTheRest()
    {
        var name = Of(new QuantizationOptions { KeepInFloat = Enumerable.Range(1, 9).Select(number => $"conv{number}").ToHashSet() });

        Assert.Contains("conv5, conv6 and 3 other layers left in float", name.Description, StringComparison.Ordinal);
    }

    private static VariantName Of(QuantizationOptions options) => Int8Naming.Of(
        options,
        new QuantizationReport
        {
            Quantized = [],
            LeftInFloat = [],
            CalibrationMethod = options.Calibration.Name,
            CalibrationPictures = 60,
            Activations = ActivationTypes.NameOf(options.Activations),
            WeightRange = options.WeightRange,
            SizeBeforeBytes = 4,
            SizeAfterBytes = 1,
            DurationMs = 1,
        },
        budget: null);
}
