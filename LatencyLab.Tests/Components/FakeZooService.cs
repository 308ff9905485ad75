using LatencyLab.Inference.Frontier;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Layers;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Models.Catalog;
using LatencyLab.Inference.Optimization.Facts;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Models;
using LatencyLab.Web.Components.Interop;
using LatencyLab.Web.Zoo;

namespace LatencyLab.Tests.Components;

/// <summary>A zoo whose measurements are what the test says, and which remembers what the page asked.</summary>
internal sealed class FakeZooService : IZooService
{
    public List<string> Asked { get; } = [];

    public Dictionary<string, LayerProfile> Profiles { get; } = [];

    public IReadOnlyList<ModelSummary> Models { get; set; } =
        [ZooExample.Model("base", "Base <b>model</b>"), ZooExample.Model("small", "A small one", 0.842, 490_000)];

    public IReadOnlyList<VariantStatus> Statuses { get; set; } = [Example.Status("control"), Example.Status("engine"), Example.Status("int8")];

    public FrontierResult? Frontier { get; set; }

    public IReadOnlyList<JobStatus> Jobs { get; set; } = [];

    public int CalibrationPictures { get; set; }

    public UploadLimits UploadLimits { get; } = new(200, 100_000_000, 20_000_000);

    public UploadLimits EvaluationLimits { get; } = new(1, 500_000_000, 500_000_000);

    public bool CanWriteAccuracies { get; set; }

    public UploadLimits? ImportLimits { get; set; }

    public IReadOnlyList<PublishedModelSummary> Published { get; set; } = [];

    /// <summary>The one model that has a page.</summary>
    public Model Shown { get; set; } = EmbeddedZoo.Default;

    /// <summary>Whether somebody else has removed the model.</summary>
    public bool IsGone { get; set; }

    public bool Removable { get; set; }

    public Exception? RemovalRefusal { get; set; }

    public Exception? PullRefusal { get; set; }

    public bool QueueIsFull { get; set; }

    public Func<GraphFacts> OnFacts { get; set; } = () => GraphFacts.Of(EmbeddedZoo.Default.File.Path);

    public Model? Find(string modelId) => !IsGone && modelId == Shown.Id ? Shown : null;

    public Task<GraphFacts> FactsAsync(string modelId, CancellationToken cancellationToken) => Task.Run(OnFacts, cancellationToken);

    public IReadOnlyList<VariantStatus> Variants(string modelId) => IsGone ? throw new KeyNotFoundException() : Statuses;

    public void RemoveVariant(string modelId, string variantId)
    {
        Asked.Add($"remove {variantId}");
        Statuses = [.. Statuses.Where(status => status.Id != variantId)];
    }

    public bool CanRemove(Model model) => Removable;

    public void RemoveModel(string modelId)
    {
        if (RemovalRefusal is { } refusal)
        {
            throw refusal;
        }
        Asked.Add($"remove model {modelId}");
    }

    public IReadOnlyList<FrontierBase> FrontierBases { get; set; } = [new("base", "Base <b>model</b>", 1), new("small", "A small one", 1)];

    public JobStatus MeasureFrontier(int rounds, string baseModelId) => Start($"frontier {rounds} {baseModelId}", ZooExample.Job(JobKinds.Frontier, JobState.Running, modelId: null));

    public JobStatus Pull(string publishedId) => PullRefusal is { } refusal ? throw refusal : Start($"pull {publishedId}", ZooExample.Job(PullJobs.Kind, JobState.Running, publishedId));

    public LayerProfile? Profile(string modelId, string variantId) => Profiles.GetValueOrDefault(variantId);

    public JobStatus ProfileLayers(string modelId, IReadOnlyList<string> variantIds) =>
        Start($"layers {string.Join(' ', variantIds)}", ZooExample.Job(JobKinds.Layers, JobState.Running));

    public LayerDiff Diff(LayerProfile left, LayerProfile right) => LayerDiffer.Diff(left, right);

    public bool Cancel(string jobId)
    {
        Asked.Add($"cancel {jobId}");
        return true;
    }

    private JobStatus Start(string asked, JobStatus job)
    {
        if (QueueIsFull)
        {
            throw new JobQueueFullException(8);
        }
        Asked.Add(asked);
        Jobs = [job];
        return job;
    }
}
