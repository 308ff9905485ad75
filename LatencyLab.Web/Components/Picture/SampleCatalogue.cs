using System.Text.Json;

namespace LatencyLab.Web.Components.Picture;

/// <summary>The sample pictures, as <c>samples/samples.json</c> in the web root lists them.</summary>
public sealed class SampleCatalogue
{
    /// <summary>Reads the list once.</summary>
    /// <exception cref="JsonException">The list is not what it should be.</exception>
    public SampleCatalogue(IWebHostEnvironment environment)
    {
        var list = environment.WebRootFileProvider.GetFileInfo("samples/samples.json");
        if (!list.Exists)
        {
            Samples = [];
            return;
        }
        using var stream = list.CreateReadStream();
        Samples = JsonSerializer.Deserialize<List<Sample>>(stream, JsonSerializerOptions.Web) ?? [];
    }

    /// <summary>In the order in which they are shown; empty where the web root has none.</summary>
    public IReadOnlyList<Sample> Samples { get; }

    /// <summary>A sample by its file name, or null.</summary>
    public Sample? Find(string? file) => Samples.FirstOrDefault(sample => sample.File == file);
}
