using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Evaluation;

/// <summary>
/// Writes measured accuracies to where the measured files are described: the model's card, the index of the variants that were made here,
/// or a card beside a file that was made on demand.
/// </summary>
/// <param name="made">The variants that were made here.</param>
public sealed class AccuracyWriter(MadeVariants made)
{
    /// <summary>Makes sure that all that would be written can be; better said before a long evaluation than after it.</summary>
    /// <param name="variants">What will be evaluated.</param>
    /// <exception cref="InvalidModelException">A card or index may not be written; the message names it.</exception>
    public void RefuseUnlessWritable(IEnumerable<Variant> variants)
    {
        ArgumentNullException.ThrowIfNull(variants);
        foreach (var path in variants.Where(variant => variant.File is not null).Select(variant => DestinationOf(variant).Path).Distinct())
        {
            if (Problem(path) is { } problem)
            {
                throw new InvalidModelException($"The accuracy cannot be written: {path} {problem}. Make it writable, or copy the model's folder and name the copy.");
            }
        }
    }

    /// <summary>Writes each measured file's accuracy. Of several variants that run one file, the first counts; a remote one runs none here.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="variants">The variants that it was measured of, in the same order.</param>
    /// <param name="dataSet">Name to write it under.</param>
    /// <exception cref="InvalidModelException">A file is no longer the one that was measured, or a card cannot be edited.</exception>
    /// <exception cref="IOException">A card or index cannot be written.</exception>
    public IReadOnlyList<WrittenAccuracy> Write(EvaluationResult result, IReadOnlyCollection<Variant> variants, string dataSet)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(variants);
        ArgumentException.ThrowIfNullOrWhiteSpace(dataSet);
        var written = new List<WrittenAccuracy>();
        foreach (var (measured, variant) in result.Variants.Zip(variants).Where(pair => pair.First.Sha256 is not null).DistinctBy(pair => pair.Second.File!.Path))
        {
            var (precision, path, write) = DestinationOf(variant);
            write(measured.Sha256!, new MeasuredAccuracy(
                dataSet, precision, measured.Top1, measured.Top5, result.Pictures, result.Decoder, result.Int8Path));
            written.Add(new(measured.Id, dataSet, path));
        }
        return written;
    }

    private Destination DestinationOf(Variant variant)
    {
        var (model, file) = (variant.Model, variant.File!);
        var name = model.Card.Variants.Keys.Prepend(Precisions.Fp32).FirstOrDefault(name => model.FileOf(name)!.Path == file.Path);
        if (name is not null)
        {
            return new(name, model.CardPath, (sha256, accuracy) => ModelCardAccuracy.Write(model.CardPath, sha256, accuracy));
        }
        return made.Of(model).FirstOrDefault(other => made.FileOf(other).Path == file.Path) is { } own
            ? new(variant.Options.Precision, made.IndexPath, (sha256, accuracy) => made.EnterAccuracy(own with { Sha256 = sha256 }, accuracy))
            : new(variant.Options.Precision, FileCard.PathOf(file), (sha256, accuracy) => FileCard.Write(file, sha256, accuracy));
    }

    private static string? Problem(string path)
    {
        if (File.Exists(path) && new FileInfo(path).IsReadOnly)
        {
            return "is read-only";
        }
        try
        {
            // Files are replaced as a whole, which takes a folder that may be written.
            using var probe = new FileStream($"{path}.{Guid.NewGuid():N}.tmp", new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Options = FileOptions.DeleteOnClose,
            });
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "lies in a folder that may not be written";
        }
    }

    /// <summary>Where a file's accuracy is written, and what the file is called there.</summary>
    private sealed record Destination(string Precision, string Path, Action<string, MeasuredAccuracy> Write);
}
