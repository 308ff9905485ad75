using System.Runtime.CompilerServices;
using LatencyLab.Inference.Frontier;
using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Layers;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Models.Catalog;
using LatencyLab.Inference.Optimization.Facts;
using LatencyLab.Inference.Optimization.Jobs;
using LatencyLab.Inference.Sessions;
using LatencyLab.Web.Comparisons;
using LatencyLab.Web.Components.Interop;
using LatencyLab.Web.Frontier;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Zoo;

/// <summary>Joins the Models pages with the library: what takes long becomes a job.</summary>
internal sealed class ZooService(
    VariantRegistry registry, JobRunner jobs, JobPictures pictures, PublishedModels published, PullJobs pulls, FrontierService frontier, LayerProfileService layers, LayerProfiles profiles,
    ModelRemover remover, IOptions<LatencyLabOptions> options, IOptions<WebLimits> limits) : IZooService
{
    // By the model itself: one that is imported later under the same identifier, and path, is another.
    private readonly ConditionalWeakTable<object, Task<GraphFacts>> _facts = [];

    public IReadOnlyList<ModelSummary> Models =>
        [.. registry.Catalogue.Models.OrderBy(model => model.Id != options.Value.DefaultModel).Select(ModelSummary.Of)];

    public FrontierResult? Frontier => frontier.Latest;

    public IReadOnlyList<JobStatus> Jobs => jobs.All;

    public int CalibrationPictures => pictures.Configured;

    public UploadLimits UploadLimits =>
        new(QuantizeSettings.MaxSentPictures, limits.Value.CalibrationUploadBytes, options.Value.ImageLimits.MaxSizeBytes);

    public UploadLimits EvaluationLimits => new(1, limits.Value.EvaluationUploadBytes, limits.Value.EvaluationUploadBytes);

    public bool CanWriteAccuracies => options.Value.AllowModelImport;

    // A model and its labels.
    public UploadLimits? ImportLimits => options.Value.AllowModelImport
        ? new(2, options.Value.ImportLimits.MaxSizeBytes, options.Value.ImportLimits.MaxSizeBytes)
        : null;

    public IReadOnlyList<PublishedModelSummary> Published =>
        options.Value.AllowModelImport ? PublishedModelSummary.Of(published, registry.Catalogue) : [];

    public JobStatus Pull(string publishedId) => pulls.Start(publishedId);

    public Model? Find(string modelId) => registry.Catalogue.Find(modelId);

    public Task<GraphFacts> FactsAsync(string modelId, CancellationToken cancellationToken)
    {
        var model = registry.Catalogue[modelId];
        var size = model.Card.Preprocessing.Size;
        var facts = _facts.GetValue(model.Lifetime, _ => Task.Run(() => GraphFacts.Of(model.File.Path, [3, size, size])));
        if (facts.IsFaulted)
        {
            // Told once more; whoever asks after that may find the file restored.
            _facts.Remove(model.Lifetime);
        }
        return facts.WaitAsync(cancellationToken);
    }

    public IReadOnlyList<VariantStatus> Variants(string modelId) => registry.StatusOf(modelId);

    public void RemoveVariant(string modelId, string variantId)
    {
        var model = registry.Catalogue[modelId];
        registry.RemoveMade(model.Id, variantId);
        profiles.Forget(model, variantId);
    }

    public bool CanRemove(Model model) => options.Value.AllowModelImport && remover.WasImported(model);

    public void RemoveModel(string modelId) => frontier.Forget(remover.Remove(modelId).Id);

    public IReadOnlyList<FrontierBase> FrontierBases => FrontierBase.Of(registry.Catalogue, options.Value.DefaultModel);

    public JobStatus MeasureFrontier(int rounds, string baseModelId)
    {
        var request = new FrontierRequest { BaseModelId = registry.Catalogue[baseModelId].Id, Rounds = rounds };
        return jobs.Start(JobKinds.Frontier, "Accuracy against latency", modelId: null, async (progress, cancellationToken) =>
        {
            progress.Report(new JobProgress("loading the models"));
            await frontier.MeasureAsync(request, new ShareOf(progress, "measuring in turns", 0, 1), cancellationToken);
            return null;
        });
    }

    public LayerProfile? Profile(string modelId, string variantId) => Find(modelId) is { } model ? profiles.Find(model, variantId) : null;

    public JobStatus ProfileLayers(string modelId, IReadOnlyList<string> variantIds)
    {
        var entries = registry.Entries(modelId, variantIds.ToArray());
        var titles = string.Join(" and ", entries.Select(entry => entry.Options.Title));
        return jobs.Start(JobKinds.Layers, $"Layers of {titles}", modelId, async (progress, cancellationToken) =>
        {
            for (var index = 0; index < entries.Count; index++)
            {
                var entry = entries[index];
                await entry.Settled.WaitAsync(cancellationToken);
                var variant = entry.Variant ?? throw new InvalidModelException($"{entry.Options.Title} is not ready: {entry.Status.Message}");
                var share = new ShareOf(progress, $"measuring {entry.Options.Title}", (double)index / entries.Count, 1.0 / entries.Count);
                share.Report(0);
                await layers.ProfileAsync(new LayerProfileRequest { Variant = variant }, share, cancellationToken);
            }
            return null;
        });
    }

    public LayerDiff Diff(LayerProfile left, LayerProfile right) => LayerDiffer.Diff(left, right);

    public bool Cancel(string jobId) => jobs.Cancel(jobId);

    /// <summary>Turns the share of one part of a job into that of the whole.</summary>
    private sealed class ShareOf(IProgress<JobProgress> progress, string step, double from, double length) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new JobProgress(step, from + length * value));
    }
}
