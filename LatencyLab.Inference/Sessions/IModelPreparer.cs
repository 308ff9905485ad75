using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Sessions;

/// <summary>Makes the file of a precision that a model does not ship with.</summary>
public interface IModelPreparer
{
    /// <summary>Returns the file, from a cache or newly made.</summary>
    /// <param name="model">The model.</param>
    /// <param name="precision">The precision that is missing.</param>
    /// <param name="progress">Share done, 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the work; nothing half-made stays behind.</param>
    /// <exception cref="InvalidModelException">It cannot be made; the message says why and what to do.</exception>
    Task<ModelFile> PrepareAsync(Model model, string precision, IProgress<double>? progress, CancellationToken cancellationToken);
}
