using System.Collections.Concurrent;
using LatencyLab.Inference.Layers;

namespace LatencyLab.Web.Zoo;

/// <summary>The latest layer profile of each variant, in memory.</summary>
public sealed class LayerProfiles
{
    private readonly ConcurrentDictionary<(string Model, string Variant), LayerProfile> _profiles = new();

    /// <summary>The profile of a variant; null where none was measured yet.</summary>
    public LayerProfile? Find(string modelId, string variantId) => _profiles.GetValueOrDefault((modelId, variantId));

    /// <summary>Keeps a profile in place of the variant's former one.</summary>
    public void Keep(LayerProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        _profiles[(profile.ModelId, profile.VariantId)] = profile;
    }

    /// <summary>Forgets the profile of a variant that is gone: another may take its identifier.</summary>
    public void Forget(string modelId, string variantId) => _profiles.TryRemove((modelId, variantId), out _);
}
