using LatencyLab.Inference.Sessions;

namespace LatencyLab.Web.Api.OpenInference;

/// <summary>The protocol's versions of a model are its variants.</summary>
internal static class ModelVersions
{
    private const string Preferred = "engine";

    /// <summary>A model's variant, by default <c>engine</c> or else the first; asking starts loading it.</summary>
    /// <exception cref="KeyNotFoundException">There is no such model or variant.</exception>
    public static VariantEntry Of(VariantRegistry registry, string model, string? version) =>
        registry.Entries(model, [version ?? Default(registry)])[0];

    private static string Default(VariantRegistry registry) =>
        registry.Variants.Any(variant => variant.Id == Preferred) ? Preferred : registry.Variants[0].Id;
}
