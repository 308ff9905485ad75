using LatencyLab.Inference.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LatencyLab.Tests.Hosting;

public class OptionsValidationTests
{
    [Theory]
    [InlineData("ImageLimits:MaxSizeBytes", "12", "MaxSizeBytes")]
    [InlineData("ImageLimits:MaxMegapixels", "0", "MaxMegapixels")]
    [InlineData("ImageLimits:MaxSidePx", "1000000", "MaxSidePx")]
    [InlineData("Gate:QueueLength", "-1", "QueueLength")]
    [InlineData("CalibrationPictures", "0", "CalibrationPictures")]
    [InlineData("CalibrationPath", "/no/such/folder", "CalibrationPath")]
    [InlineData("CatalogPath", "/no/such/catalog.json", "CatalogPath")]
    [InlineData("ImportLimits:MaxSizeBytes", "3000000000", "MaxSizeBytes")]
    [InlineData("ImportLimits:TrialSeconds", "0", "TrialSeconds")]
    [InlineData("DefaultModel", "", "DefaultModel")]
    [InlineData("Variants:0:Precision", "fp4", "Precision")]
    [InlineData("Variants:0:Id", "Not An Id", "Id")]
    [InlineData("Variants:0:Threads", "-2", "Threads")]
    [InlineData("Variants:0:Provider", "npu", "Provider")]
    public void AWrongValue_IsRefusedByName(string key, string value, string named)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Read(new()
        {
            ["LatencyLab:Variants:0:Id"] = "control",
            ["LatencyLab:Variants:0:Title"] = "Control",
            [$"LatencyLab:{key}"] = value,
        }));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnImportPath_ThatIsNoFolder_IsRefusedOnceImportsAreAllowed()
    {
        var file = Path.GetTempFileName();
        try
        {
            Dictionary<string, string?> values = new() { ["LatencyLab:ImportPath"] = file };
            Read(values);
            values["LatencyLab:AllowModelImport"] = "true";

            var error = Assert.Throws<OptionsValidationException>(() => Read(values));

            Assert.Contains("ImportPath", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void TwoVariants_OfOneName_AreRefused()
    {
        var error = Assert.Throws<OptionsValidationException>(() => Read(new()
        {
            ["LatencyLab:Variants:0:Id"] = "control",
            ["LatencyLab:Variants:0:Title"] = "Control",
            ["LatencyLab:Variants:1:Id"] = "control",
            ["LatencyLab:Variants:1:Title"] = "Again",
        }));

        Assert.Contains("`control` twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingConfigured_GivesTheThreeDefaultVariants() =>
        Assert.Equal(["control", "engine", "int8"], Read([]).Variants.Select(variant => variant.Id));

    [Fact]
    public void ConfiguredVariants_ReplaceTheDefaults()
    {
        var options = Read(new() { ["LatencyLab:Variants:0:Id"] = "only", ["LatencyLab:Variants:0:Title"] = "Only", ["LatencyLab:Variants:0:Threads"] = "2" });

        Assert.Equal(2, Assert.Single(options.Variants).Threads);
    }

    private static LatencyLabOptions Read(Dictionary<string, string?> values)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        using var services = new ServiceCollection().AddLatencyLabInference(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<LatencyLabOptions>>().Value;
    }
}
