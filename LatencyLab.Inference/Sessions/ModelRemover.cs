using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Models.Import;

namespace LatencyLab.Inference.Sessions;

/// <summary>
/// Removes imported and pulled models again, with the variants that were made of them. Models that ship with the program, and those of
/// configured folders, stay.
/// </summary>
/// <param name="registry">Lets go of the model.</param>
/// <param name="jobs">Knows whether it is being worked on.</param>
/// <param name="defaultModel">Identifier of the model that is used where none is named; it stays as long as it is that.</param>
/// <param name="folders">Folders whose models may be removed.</param>
public sealed class ModelRemover(VariantRegistry registry, JobRunner jobs, string defaultModel, params IReadOnlyList<string> folders)
{
    private readonly Lock _removing = new();

    /// <summary>The same for the models of further folders too.</summary>
    public ModelRemover AlsoFrom(IEnumerable<string> further) => new(registry, jobs, defaultModel, [.. folders, .. further]);

    /// <summary>Whether a model was imported, so that it can be removed while nothing works on it.</summary>
    public bool WasImported(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return FolderOf(model) is not null;
    }

    /// <summary>Removes a model, its files and the variants that were made of it. Whoever uses it at this moment finishes with it.</summary>
    /// <exception cref="KeyNotFoundException">There is no such model.</exception>
    /// <exception cref="ModelRemovalRefusedException">It stays; the message names the reason.</exception>
    /// <exception cref="IOException">Its files cannot be taken away, or the index of made variants cannot be written.</exception>
    public RemovedModel Remove(string modelId)
    {
        lock (_removing)
        {
            var model = registry.Catalogue[modelId];
            var folder = FolderOf(model) ?? throw new ModelRemovalRefusedException(
                RemovalRefusal.NotImported,
                $"`{model.Id}` stays: it ships with the program or lies in a configured folder. Only imported and pulled models can be removed.");
            RefuseWhileInUse(model);
            return Remove(model, folder);
        }
    }

    private RemovedModel Remove(Model model, string folder)
    {
        var place = Path.GetDirectoryName(model.CardPath)!;
        var sizeBytes = model.File.SizeBytes;
        using var staging = new StagingFolder(folder);
        // Somebody may have deleted the files already.
        if (Directory.Exists(place))
        {
            staging.TakeOut(Path.GetFileName(place));
        }
        registry.Catalogue.Remove(model);
        jobs.ForgetModel(model.Id);
        return new RemovedModel(model.Id, place, sizeBytes, registry.Forget(model));
    }

    private void RefuseWhileInUse(Model model)
    {
        if (model.Id.Equals(defaultModel, StringComparison.OrdinalIgnoreCase))
        {
            throw new ModelRemovalRefusedException(
                RemovalRefusal.DefaultModel, $"`{model.Id}` is the model that is used where none is named. Name another under LatencyLab:DefaultModel first.");
        }
        if (jobs.All.FirstOrDefault(job => job.IsActive && model.Id.Equals(job.ModelId, StringComparison.OrdinalIgnoreCase)) is { } job)
        {
            throw new ModelRemovalRefusedException(
                RemovalRefusal.InUse, $"`{model.Id}` is being worked on: {job.Title}. Cancel that, or wait until it has ended.");
        }
    }

    /// <summary>The folder that a model was imported into: there it has a folder of its own by its identifier.</summary>
    private string? FolderOf(Model model)
    {
        var place = Path.GetDirectoryName(model.CardPath)!;
        return Path.GetFileName(model.CardPath) == ModelCatalogue.CardFileName && Path.GetFileName(place).Equals(model.Id, StringComparison.OrdinalIgnoreCase)
            ? folders.FirstOrDefault(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) == Path.GetDirectoryName(place))
            : null;
    }
}

/// <summary>A model that was removed.</summary>
/// <param name="Id">Identifier; another model may take it.</param>
/// <param name="Folder">Where it was.</param>
/// <param name="SizeBytes">Size of its FP32 file.</param>
/// <param name="Variants">The variants that were made of it, and went with it.</param>
public sealed record RemovedModel(string Id, string Folder, long SizeBytes, IReadOnlyList<string> Variants);
