using LatencyLab.Inference.Models;

namespace LatencyLab.Tests.Models;

/// <summary>The models that travel with the library.</summary>
internal static class EmbeddedZoo
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "models");

    public static Model Default => new ModelCatalogue([Folder])["cifar10_resnet9"];
}
