using LatencyLab.Inference.Frontier;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Layers;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Models.Catalog;
using LatencyLab.Inference.Models.Import;
using LatencyLab.Inference.Optimization.Facts;
using LatencyLab.Inference.Sessions;
using LatencyLab.Web.Components.Interop;

namespace LatencyLab.Web.Zoo;

/// <summary>What the Models pages need of the library. Long work runs as jobs, one at a time, whoever started them.</summary>
public interface IZooService
{
    /// <summary>All models, the default first.</summary>
    IReadOnlyList<ModelSummary> Models { get; }

    /// <summary>A model, or null.</summary>
    Model? Find(string modelId);

    /// <summary>What a model's FP32 file tells about it; read in the background and kept.</summary>
    /// <exception cref="KeyNotFoundException">No such model.</exception>
    /// <exception cref="InvalidModelException">The file is damaged.</exception>
    Task<GraphFacts> FactsAsync(string modelId, CancellationToken cancellationToken);

    /// <summary>The variants of a model and whether they answer; asking starts loading them in the background.</summary>
    /// <exception cref="KeyNotFoundException">No such model.</exception>
    IReadOnlyList<VariantStatus> Variants(string modelId);

    /// <summary>Removes a variant that was made here, and its file.</summary>
    /// <exception cref="KeyNotFoundException">No such model, or no such variant was made of it.</exception>
    void RemoveVariant(string modelId, string variantId);

    /// <summary>Whether a model was imported or pulled, so that it can be removed again, and that is allowed here.</summary>
    bool CanRemove(Model model);

    /// <summary>Removes an imported or pulled model, its files and the variants that were made of it.</summary>
    /// <exception cref="KeyNotFoundException">No such model.</exception>
    /// <exception cref="ModelRemovalRefusedException">It stays; the message names the reason.</exception>
    /// <exception cref="IOException">Its files cannot be taken away.</exception>
    void RemoveModel(string modelId);

    /// <summary>The latest measured frontier; null where none was measured yet.</summary>
    FrontierResult? Frontier { get; }

    /// <summary>The models that the others may be held against; the first is the one to begin with.</summary>
    IReadOnlyList<FrontierBase> FrontierBases { get; }

    /// <summary>Measures accuracy against latency of a model and all others that share its task.</summary>
    /// <param name="rounds">Measured rounds.</param>
    /// <param name="baseModelId">The model that the others are held against.</param>
    /// <exception cref="KeyNotFoundException">No such model.</exception>
    /// <exception cref="JobQueueFullException">Too many jobs wait.</exception>
    JobStatus MeasureFrontier(int rounds, string baseModelId);

    /// <summary>The latest layer profile of a variant; null where none was measured yet.</summary>
    LayerProfile? Profile(string modelId, string variantId);

    /// <summary>Measures variants layer by layer, one after another.</summary>
    /// <exception cref="KeyNotFoundException">No such model or variant.</exception>
    /// <exception cref="JobQueueFullException">Too many jobs wait.</exception>
    JobStatus ProfileLayers(string modelId, IReadOnlyList<string> variantIds);

    /// <summary>Two kept profiles of one model side by side.</summary>
    LayerDiff Diff(LayerProfile left, LayerProfile right);

    /// <summary>All jobs, the newest first.</summary>
    IReadOnlyList<JobStatus> Jobs { get; }

    /// <summary>Stops a job; false where it is gone or has ended.</summary>
    bool Cancel(string jobId);

    /// <summary>Calibration pictures that the configured folder offers; 0 where none is configured.</summary>
    int CalibrationPictures { get; }

    /// <summary>What calibration pictures may be at most.</summary>
    UploadLimits UploadLimits { get; }

    /// <summary>What an archive of labelled pictures may be at most.</summary>
    UploadLimits EvaluationLimits { get; }

    /// <summary>Whether measured accuracies may be written into model cards here.</summary>
    bool CanWriteAccuracies { get; }

    /// <summary>What an imported model may be at most; null where models may not be imported here.</summary>
    UploadLimits? ImportLimits { get; }

    /// <summary>The models that others publish and that can be pulled; none where models may not be imported here.</summary>
    IReadOnlyList<PublishedModelSummary> Published { get; }

    /// <summary>Fetches a published model.</summary>
    /// <exception cref="KeyNotFoundException">There is no such published model.</exception>
    /// <exception cref="ModelRefusedException">The model is here already.</exception>
    /// <exception cref="JobQueueFullException">Too many jobs wait.</exception>
    JobStatus Pull(string publishedId);
}
