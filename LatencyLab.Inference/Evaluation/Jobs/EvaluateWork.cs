using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Evaluation.Jobs;

/// <summary>Evaluates the variants of a model that answer, and writes down what came out where that is asked for.</summary>
/// <param name="decoder">Decodes the pictures.</param>
/// <param name="further">Loads files that no variant runs here.</param>
/// <param name="writer">Writes the accuracies.</param>
/// <param name="catalogue">Gets to know what was written.</param>
public sealed class EvaluateWork(IImageDecoder decoder, FurtherFiles further, AccuracyWriter writer, ModelCatalogue catalogue)
{
    /// <summary>Evaluates. A variant that does not answer is named in the result; the first must answer.</summary>
    /// <param name="request">What becomes of it.</param>
    /// <param name="entries">The variants; those that still load are waited for.</param>
    /// <param name="pictures">The pictures.</param>
    /// <param name="pace">How much of the machine it takes.</param>
    /// <param name="progress">Share of the pictures that are done, 0 to 1.</param>
    /// <param name="cancellationToken">Cancels between pictures; nothing is written then.</param>
    /// <exception cref="InvalidModelException">A file of the card is wrong, or an accuracy cannot be written.</exception>
    /// <exception cref="ImageRejectedException">A picture cannot be decoded; the message names it.</exception>
    /// <exception cref="InvalidDataException">A picture cannot be unpacked.</exception>
    /// <exception cref="IOException">The first variant does not answer, or a card cannot be written.</exception>
    public async Task<EvaluationResult> RunAsync(
        EvaluateRequest request, IReadOnlyList<VariantEntry> entries, IReadOnlyList<LabelledPicture> pictures, EvaluationPace pace,
        IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(pictures);
        await Task.WhenAll(entries.Select(entry => entry.Settled)).WaitAsync(cancellationToken);
        var problems = ProblemsOf(entries);
        List<Variant> variants = [.. entries.Select(entry => entry.Variant).OfType<Variant>()];
        using var own = new LoadedFiles(request.AllFiles ? await further.LoadAsync(entries[0].Model, variants, cancellationToken) : []);
        variants.AddRange(own.Variants);
        if (request.DataSet is not null)
        {
            writer.RefuseUnlessWritable(variants);
        }
        var result = await Evaluator.RunAsync(
            request.Data, pictures, variants, decoder, pace, progress is null ? null : new ShareOfPictures(progress, pictures.Count), cancellationToken);
        return result with { Problems = [.. problems, .. result.Problems], Written = Write(request, result, variants) };
    }

    /// <summary>The variants that do not answer, and why.</summary>
    private static List<string> ProblemsOf(IReadOnlyList<VariantEntry> entries)
    {
        List<string> problems = [.. entries.Where(entry => entry.Variant is null).Select(entry => $"{entry.Options.Id}: {entry.Status.Message}")];
        return entries[0].Variant is null ? throw new IOException(problems[0]) : problems;
    }

    private IReadOnlyList<WrittenAccuracy>? Write(EvaluateRequest request, EvaluationResult result, List<Variant> variants)
    {
        if (request.DataSet is not { } dataSet)
        {
            return null;
        }
        var model = variants[0].Model;
        var answered = result.Variants.Select(measured => variants.First(variant => variant.Options.Id == measured.Id)).ToArray();
        var written = writer.Write(result, answered, dataSet);
        // Whoever asks for the model from now on learns of it.
        if (catalogue.Find(model.Id)?.CardPath == model.CardPath)
        {
            catalogue.Add(model.CardPath);
        }
        return written;
    }

    /// <summary>Files that only this evaluation runs.</summary>
    private sealed record LoadedFiles(IReadOnlyList<Variant> Variants) : IDisposable
    {
        public void Dispose()
        {
            foreach (var variant in Variants)
            {
                variant.Dispose();
            }
        }
    }

    private sealed class ShareOfPictures(IProgress<double> progress, int total) : IProgress<int>
    {
        public void Report(int value) => progress.Report((double)value / total);
    }
}
