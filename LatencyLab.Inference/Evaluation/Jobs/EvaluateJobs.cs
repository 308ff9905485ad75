using System.Globalization;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Evaluation.Jobs;

/// <summary>Measures as jobs how often a model's variants are right.</summary>
/// <param name="registry">The models and their variants.</param>
/// <param name="queue">Runs the jobs.</param>
/// <param name="work">Does the work.</param>
/// <param name="gate">Each picture takes a place there.</param>
/// <param name="folder">Where archives lie until their job has ended; created when needed.</param>
public sealed class EvaluateJobs(VariantRegistry registry, JobRunner queue, EvaluateWork work, ClassifierGate gate, string folder)
{
    /// <summary>The kind of these jobs; their result is an <see cref="EvaluationResult"/>.</summary>
    public const string Kind = "evaluate";

    /// <summary>Longest name of a data set.</summary>
    public const int MaxDataSetLength = 100;

    /// <summary>A file for an archive that arrives. Nobody else sees it, and it is gone once it is closed.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public FileStream CreateFile()
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{Guid.NewGuid():N}.zip");
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });
        if (!OperatingSystem.IsWindows())
        {
            // Without a name it cannot stay behind, not even where the process is killed; Windows sees to that itself.
            File.Delete(path);
        }
        return file;
    }

    /// <summary>Checks a request and its archive, and puts it in the queue.</summary>
    /// <param name="request">What to evaluate, and what becomes of it.</param>
    /// <param name="archive">Zip archive with one folder a class; closed once the job has ended, and where this throws.</param>
    /// <param name="limits">What it may hold.</param>
    /// <exception cref="KeyNotFoundException">There is no such model or variant.</exception>
    /// <exception cref="EvaluationRefusedException">The archive cannot be used; the message says why.</exception>
    /// <exception cref="JobQueueFullException">Too many jobs wait already.</exception>
    public JobStatus Start(EvaluateRequest request, Stream archive, LabelledArchiveLimits limits)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(archive);
        try
        {
            var model = registry.Catalogue[request.ModelId];
            var entries = registry.Entries(model.Id, request.VariantIds is { Count: > 0 } ids ? [.. ids] : null);
            var pictures = LabelledArchive.Open(archive, request.Data, model, limits);
            var title = string.Create(
                CultureInfo.InvariantCulture, $"Accuracy of {model.Title} on {pictures.Pictures.Count:N0} {(pictures.Pictures.Count == 1 ? "picture" : "pictures")}");
            return queue.Start(Kind, title, model.Id, async (progress, cancellationToken) =>
            {
                progress.Report(new JobProgress("waiting for the variants"));
                return await work.RunAsync(
                    request, entries, pictures.Pictures, EvaluationPace.Beside(gate), new EvaluatedShare(progress), cancellationToken);
            }, held: pictures);
        }
        catch (InvalidDataException error)
        {
            throw new EvaluationRefusedException(error.Message, error);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    private sealed class EvaluatedShare(IProgress<JobProgress> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new JobProgress("classifying", value));
    }
}
