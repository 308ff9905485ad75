using System.Collections.Concurrent;
using LatencyLab.Inference.Frontier;
using LatencyLab.Inference.Layers;

namespace LatencyLab.Web.Zoo;

/// <summary>The latest measurements of the zoo, in memory: one frontier, and one layer profile of each variant.</summary>
public sealed class LatestResults
{
    private readonly ConcurrentDictionary<(string Model, string Variant), LayerProfile> _profiles = new();
    private volatile FrontierResult? _frontier;

    /// <summary>The frontier; null where none was measured yet.</summary>
    public FrontierResult? Frontier
    {
        get => _frontier;
        set => _frontier = value;
    }

    /// <summary>The profile of a variant; null where none was measured yet.</summary>
    public LayerProfile? Profile(string modelId, string variantId) => _profiles.GetValueOrDefault((modelId, variantId));

    /// <summary>Keeps a profile in place of the variant's former one.</summary>
    public void Keep(LayerProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        _profiles[(profile.ModelId, profile.VariantId)] = profile;
    }
}
