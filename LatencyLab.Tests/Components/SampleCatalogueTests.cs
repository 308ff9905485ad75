using LatencyLab.Web.Components.Picture;
using Microsoft.Extensions.DependencyInjection;

namespace LatencyLab.Tests.Components;

public class SampleCatalogueTests : ComponentTest
{
    [Fact]
    public void Samples_Listed_AllExistAsJpegs()
    {
        var samples = Services.GetRequiredService<SampleCatalogue>().Samples;

        Assert.InRange(samples.Count, 6, 8);
        Assert.All(samples, sample =>
        {
            using var file = File.OpenRead(Repository.PathOf(Path.Combine("wwwroot-assets", "samples", sample.File)));
            Assert.Equal([0xFF, 0xD8], new[] { file.ReadByte(), file.ReadByte() });
        });
    }

    [Fact]
    public void Find_Unknown_IsNull() => Assert.Null(Services.GetRequiredService<SampleCatalogue>().Find("../secret.jpg"));
}
