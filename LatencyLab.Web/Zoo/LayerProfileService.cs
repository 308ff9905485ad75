using LatencyLab.Inference.Layers;
using LatencyLab.Inference.Runtime;
using LatencyLab.Web.History;

namespace LatencyLab.Web.Zoo;

/// <summary>Measures layers for page and API, and keeps what was measured: the latest of each variant at hand, all in the history.</summary>
internal sealed class LayerProfileService(LayerProfiler profiler, LayerProfiles profiles, IRunHistory history)
{
    /// <summary>Measures one variant layer by layer.</summary>
    public async Task<LayerProfile> ProfileAsync(LayerProfileRequest request, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var beginning = new RunDescription
        {
            Title = $"Layers of {request.Variant.Options.Id}, {request.Variant.Model.Id}",
            Environment = EnvironmentProbe.Read(),
            ModelIds = [request.Variant.Model.Id],
            VariantIds = [request.Variant.Options.Id],
        };
        var run = await history.RecordAsync(beginning, token => profiler.ProfileAsync(request, progress, token), cancellationToken);
        profiles.Keep(request.Variant.Model, run.Result);
        return run.Result;
    }
}
