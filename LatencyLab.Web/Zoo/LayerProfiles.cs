using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LatencyLab.Inference.Layers;
using LatencyLab.Inference.Models;

namespace LatencyLab.Web.Zoo;

/// <summary>
/// The latest layer profile of each variant, in memory. Kept with the model itself rather than by its identifier, which another may
/// take once it is removed.
/// </summary>
public sealed class LayerProfiles
{
    private readonly ConditionalWeakTable<object, ConcurrentDictionary<string, LayerProfile>> _profiles = [];

    /// <summary>The profile of a variant; null where none was measured yet.</summary>
    public LayerProfile? Find(Model model, string variantId) => _profiles.TryGetValue(model.Lifetime, out var profiles) ? profiles.GetValueOrDefault(variantId) : null;

    /// <summary>Keeps a profile in place of the variant's former one.</summary>
    public void Keep(Model model, LayerProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        _profiles.GetOrCreateValue(model.Lifetime)[profile.VariantId] = profile;
    }

    /// <summary>Forgets the profile of a variant that is gone: another may take its identifier.</summary>
    public void Forget(Model model, string variantId)
    {
        if (_profiles.TryGetValue(model.Lifetime, out var profiles))
        {
            profiles.TryRemove(variantId, out _);
        }
    }
}
