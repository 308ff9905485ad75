using System.Collections.Concurrent;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Evaluation;

/// <summary>Measures the accuracy of variants with the very pipeline that serves requests.</summary>
public static class Evaluator
{
    /// <summary>Runs all pictures through all variants. A variant that stops answering is left out and named; the first must answer.</summary>
    /// <param name="data">Name of the collection, for the result.</param>
    /// <param name="pictures">The pictures.</param>
    /// <param name="variants">Variants of one model, the control first.</param>
    /// <param name="decoder">Decodes the pictures.</param>
    /// <param name="pace">How much of the machine it takes.</param>
    /// <param name="progress">Pictures done.</param>
    /// <param name="cancellationToken">Cancels between pictures.</param>
    /// <exception cref="ImageRejectedException">A picture cannot be decoded; the message names it.</exception>
    /// <exception cref="IOException">A variant's file can no longer be read, or the first variant stops answering.</exception>
    public static async Task<EvaluationResult> RunAsync(
        string data, IReadOnlyList<LabelledPicture> pictures, IReadOnlyList<Variant> variants, IImageDecoder decoder, EvaluationPace pace,
        IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(variants);
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(pace);
        ArgumentOutOfRangeException.ThrowIfZero(pictures.Count);
        ArgumentOutOfRangeException.ThrowIfZero(variants.Count);
        var model = variants[0].Model;
        // Before the first picture: what is written of a file later is true of these bytes only.
        var hashes = variants.Select(variant => variant.File?.ComputeSha256()).ToArray();
        var tally = new EvaluationTally(pictures, variants);
        var idle = new ConcurrentBag<EvaluationWorker>();
        var done = 0;
        await Parallel.ForAsync(
            0, pictures.Count, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = pace.Workers },
            async (index, token) =>
            {
                var worker = idle.TryTake(out var rested) ? rested : new EvaluationWorker(model, decoder);
                if (pace.Gate is { } gate)
                {
                    using (await gate.EnterAsync(admitted: true, token))
                    {
                        worker.Answer(index, tally);
                    }
                }
                else
                {
                    worker.Answer(index, tally);
                }
                idle.Add(worker);
                progress?.Report(Interlocked.Increment(ref done));
            });
        return new EvaluationResult
        {
            ModelId = model.Id,
            Data = data,
            Pictures = pictures.Count,
            Decoder = decoder.Name,
            Int8Path = CpuCapabilities.Current.Int8Name,
            Variants = tally.Summarize(hashes),
            Problems = tally.Problems,
        };
    }
}
