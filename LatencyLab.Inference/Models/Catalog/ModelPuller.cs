using System.Security.Cryptography;
using System.Text;
using LatencyLab.Inference.Models.Import;

namespace LatencyLab.Inference.Models.Catalog;

/// <summary>Fetches a published model and takes it in like any other. What could not be fetched or verified leaves no model behind.</summary>
/// <param name="published">The models that can be pulled.</param>
/// <param name="importer">Takes them in.</param>
/// <param name="download">Fetches the files.</param>
/// <param name="cachePath">Folder for files on their way; created when needed.</param>
public sealed class ModelPuller(PublishedModels published, ModelImporter importer, FileDownload download, string cachePath)
{
    /// <summary>What part of the progress is the model's file; the rest is taking it in.</summary>
    private const double ShareOfDownload = 0.9;

    /// <summary>The models that can be pulled.</summary>
    public PublishedModels Published => published;

    /// <summary>The same with another importer, for another folder.</summary>
    public ModelPuller Into(ModelImporter other) => new(published, other, download, cachePath);

    /// <summary>Fetches a model and takes it in.</summary>
    /// <param name="id">Identifier in the list.</param>
    /// <param name="progress">Share done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops it; what came of the file is kept for the next time.</param>
    /// <exception cref="KeyNotFoundException">There is no such published model.</exception>
    /// <exception cref="DownloadException">A file cannot be fetched or verified.</exception>
    /// <exception cref="ModelRefusedException">The file was fetched but cannot be used, or the model is there already.</exception>
    public async Task<ImportedModel> PullAsync(string id, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var entry = published[id];
        importer.RefuseTaken(entry.Id);
        var modelPath = CachedPath(entry.Model, ".onnx");
        var labelsPath = entry.Labels is null ? null : CachedPath(entry.Labels, ".txt");
        var notes = new List<string>();
        try
        {
            if (labelsPath is not null)
            {
                Note(notes, entry.Labels!, "labels", await download.FetchAsync(entry.Labels!, labelsPath, null, cancellationToken));
            }
            var relay = progress is null || entry.Model.Bytes <= 0 ? null : new ShareOfBytes(progress, entry.Model.Bytes / ShareOfDownload);
            Note(notes, entry.Model, "model", await download.FetchAsync(entry.Model, modelPath, relay, cancellationToken));
            var imported = await importer.ImportAsync(modelPath, OptionsFor(entry, labelsPath), progress: null, cancellationToken);
            progress?.Report(1);
            return imported with { Notes = [.. notes, .. imported.Notes] };
        }
        finally
        {
            // Only what is whole; a part stays for the next time.
            File.Delete(modelPath);
            if (labelsPath is not null)
            {
                File.Delete(labelsPath);
            }
        }
    }

    internal void RefuseTaken(string id) => importer.RefuseTaken(id);

    private static ImportOptions OptionsFor(PublishedModel entry, string? labelsPath) => new()
    {
        Id = entry.Id,
        Title = entry.Title,
        FileName = Path.GetFileName(entry.Model.Address.AbsolutePath),
        LabelsPath = labelsPath,
        Mean = entry.Preprocessing.Mean,
        Std = entry.Preprocessing.Std,
        Resize = entry.Preprocessing.Resize.Mode,
        ShortSidePx = entry.Preprocessing.Resize.ShortSide > 0 ? entry.Preprocessing.Resize.ShortSide : null,
        SizePx = entry.Preprocessing.Size,
        License = entry.License,
        Architecture = entry.Architecture,
        Task = entry.Task,
        Source = entry.Model.Address.AbsoluteUri,
    };

    private static void Note(List<string> notes, PublishedFile file, string what, string hash)
    {
        if (file.Sha256 is null)
        {
            notes.Add($"The {what} file was not verified, because no hash is published. Its SHA-256 is {hash}.");
        }
    }

    /// <summary>One name an address, so that a part is never continued with another file.</summary>
    private string CachedPath(PublishedFile file, string extension) => Path.Combine(
        cachePath, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Address.AbsoluteUri)))[..16] + extension);

    private sealed class ShareOfBytes(IProgress<double> progress, double total) : IProgress<long>
    {
        public void Report(long value) => progress.Report(Math.Min(1, value / total));
    }
}
