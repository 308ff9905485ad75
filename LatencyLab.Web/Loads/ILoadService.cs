using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Web.Loads;

/// <summary>What the Load page needs of the library.</summary>
public interface ILoadService
{
    /// <summary>What visitors may ask for.</summary>
    LoadLimits Limits { get; }

    /// <summary>All models, the default first.</summary>
    IReadOnlyList<ModelSummary> Models { get; }

    /// <summary>The variants of a model and whether they answer; asking starts loading them in the background.</summary>
    /// <exception cref="KeyNotFoundException">There is no such model.</exception>
    IReadOnlyList<VariantStatus> Variants(string modelId);

    /// <summary>The load runs of this process as jobs, the newest first.</summary>
    IReadOnlyList<JobStatus> Jobs { get; }

    /// <summary>Begins a load run.</summary>
    /// <exception cref="LoadRefusedException">The settings make no sense, or go beyond the limits.</exception>
    /// <exception cref="KeyNotFoundException">There is no such model, variant or picture.</exception>
    /// <exception cref="JobQueueFullException">Too many jobs wait.</exception>
    /// <exception cref="LoadSourceTakenException">A live run is under way.</exception>
    LoadStatus Start(LoadSettings settings);

    /// <summary>Stops a load run; it has no result then. One that has ended stays as it is.</summary>
    /// <returns>What became of it; null where there is none.</returns>
    LoadStatus? Cancel(string id);
}
