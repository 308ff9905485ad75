using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Live;
using LatencyLab.Inference.Sessions;
using LatencyLab.Web.Comparisons;
using LatencyLab.Web.Components.Picture;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Live;

/// <summary>From the settings of a live run to its variants and pictures.</summary>
internal sealed class LiveStarter(
    VariantRegistry registry, ClassifierGate gate, ComparisonService comparisons, SampleCatalogue samples, IOptions<LatencyLabOptions> options)
{
    /// <summary>Pictures at most; more would only hide which one is slow.</summary>
    private const int MaxPictures = 16;

    /// <summary>Checks the settings and looks everything up.</summary>
    /// <exception cref="KeyNotFoundException">There is no such model, variant or picture.</exception>
    public LivePlan Plan(LiveSettings settings)
    {
        var modelId = settings.ModelId ?? options.Value.DefaultModel;
        var entries = registry.Entries(modelId, settings.VariantIds);
        IReadOnlyList<string> imageIds = settings.ImageIds is { Count: > 0 } chosen
            ? [.. chosen.Distinct().Take(MaxPictures)]
            : [.. samples.Samples.Select(sample => sample.File)];
        var pictures = new LivePictures([.. imageIds.Select(id => Picture(id).Encoded)]);
        return new LivePlan(entries, pictures, imageIds);
    }

    /// <summary>Waits until each variant answers or has failed.</summary>
    public async Task<IReadOnlyList<LiveVariant>> MakeReadyAsync(LivePlan plan, CancellationToken cancellationToken)
    {
        await Task.WhenAll(plan.Entries.Select(entry => entry.Settled)).WaitAsync(cancellationToken);
        return [.. plan.Entries.Select(entry => LiveVariant.Of(entry, gate, plan.Pictures))];
    }

    /// <summary>An uploaded or sample picture.</summary>
    /// <exception cref="KeyNotFoundException">It is no longer kept.</exception>
    public StoredImage Picture(string id) => comparisons.FindStored(id)
        ?? throw new KeyNotFoundException($"There is no picture `{id}`; uploaded pictures are kept for a limited time. Send it again.");
}

/// <summary>What a live run is about to be.</summary>
/// <param name="Entries">The variants, at least one.</param>
/// <param name="Pictures">What they are sent.</param>
/// <param name="ImageIds">Identifiers of the pictures.</param>
internal sealed record LivePlan(IReadOnlyList<VariantEntry> Entries, LivePictures Pictures, IReadOnlyList<string> ImageIds);
