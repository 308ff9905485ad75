using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;
using LatencyLab.Inference.Sweeps;
using LatencyLab.Web.History;
using LatencyLab.Web.History.Kinds;

namespace LatencyLab.Web.Profiles;

/// <summary>What the Profile page needs of the library.</summary>
public interface IProfileService
{
    /// <summary>All models, the default first.</summary>
    IReadOnlyList<ModelSummary> Models { get; }

    /// <summary>The local variants of a model and whether they answer; asking starts loading them in the background.</summary>
    /// <exception cref="KeyNotFoundException">There is no such model.</exception>
    IReadOnlyList<VariantStatus> Variants(string modelId);

    /// <summary>Which dimensions of its input a model leaves open.</summary>
    /// <exception cref="KeyNotFoundException">There is no such model.</exception>
    /// <exception cref="InvalidModelException">The file is damaged.</exception>
    Task<ShapeFreedom> FreedomAsync(string modelId, CancellationToken cancellationToken);

    /// <summary>Profiles that run, wait, failed or were interrupted, the newest first.</summary>
    IReadOnlyList<ProfileStatus> Unfinished { get; }

    /// <summary>Begins a profile.</summary>
    /// <exception cref="SweepException">The settings make no sense.</exception>
    /// <exception cref="KeyNotFoundException">There is no such model or variant.</exception>
    /// <exception cref="JobQueueFullException">Too many jobs wait.</exception>
    ProfileStatus Start(SweepSettings settings);

    /// <summary>Goes on with a profile that was cancelled or interrupted; one that runs or is done stays as it is.</summary>
    /// <exception cref="KeyNotFoundException">There is no such profile, or its model or variants are gone.</exception>
    ProfileStatus Resume(string id);

    /// <summary>Stops a profile; what was measured is kept.</summary>
    /// <exception cref="KeyNotFoundException">There is no such profile.</exception>
    ProfileStatus Cancel(string id);

    /// <summary>Removes what is kept of a profile here; one that runs stays. The history is another matter.</summary>
    void Remove(string id);

    /// <summary>A profile that was begun here, with its result when it is done; null where there is none.</summary>
    ProfileStatus? Find(string id);

    /// <summary>The same, and those that were imported from another machine.</summary>
    /// <exception cref="HistoryException">The database does not answer.</exception>
    /// <exception cref="InvalidRunException">What the history has is no profile of this version.</exception>
    Task<ProfileStatus?> FindAsync(string id, CancellationToken cancellationToken);
}
