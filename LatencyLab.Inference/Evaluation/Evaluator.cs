using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Evaluation;

/// <summary>Measures the accuracy of variants with the very pipeline that serves requests.</summary>
public static class Evaluator
{
    /// <summary>Runs all pictures through all variants.</summary>
    /// <param name="data">Name of the collection, for the result.</param>
    /// <param name="pictures">The pictures.</param>
    /// <param name="variants">Variants of one model, the control first.</param>
    /// <param name="decoder">Decodes the pictures.</param>
    /// <param name="progress">Pictures done.</param>
    /// <param name="cancellationToken">Cancels between pictures.</param>
    /// <exception cref="ImageRejectedException">A picture cannot be decoded; the message names it.</exception>
    /// <exception cref="IOException">A variant's file can no longer be read.</exception>
    public static EvaluationResult Run(
        string data, IReadOnlyList<LabelledPicture> pictures, IReadOnlyList<Variant> variants, IImageDecoder decoder,
        IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(variants);
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentOutOfRangeException.ThrowIfZero(pictures.Count);
        ArgumentOutOfRangeException.ThrowIfZero(variants.Count);
        var model = variants[0].Model;
        // Before the first picture: what is written of a file later is true of these bytes only.
        var hashes = variants.Select(variant => variant.File?.ComputeSha256()).ToArray();
        var answers = new int[pictures.Count, variants.Count];
        var inTop5 = new bool[pictures.Count, variants.Count];
        var done = 0;
        Parallel.For(
            0, pictures.Count, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = CpuCapabilities.Current.LogicalCores },
            () => new Worker(model, decoder),
            (index, _, worker) =>
            {
                worker.Answer(pictures[index], variants, index, answers, inTop5);
                if (Interlocked.Increment(ref done) is var count && (count % 100 == 0 || count == pictures.Count))
                {
                    progress?.Report(count);
                }
                return worker;
            },
            _ => { });
        return new EvaluationResult
        {
            ModelId = model.Id,
            Data = data,
            Pictures = pictures.Count,
            Decoder = decoder.Name,
            Int8Path = CpuCapabilities.Current.Int8Name,
            Variants = [.. variants.Select((variant, column) => Summarize(variant, column, pictures, answers, inTop5, hashes[column]))],
        };
    }

    private static VariantAccuracy Summarize(
        Variant variant, int column, IReadOnlyList<LabelledPicture> pictures, int[,] answers, bool[,] inTop5, string? sha256)
    {
        double Share(Func<int, bool> counts) => (double)Enumerable.Range(0, pictures.Count).Count(counts) / pictures.Count;
        var top1 = Share(i => answers[i, column] == pictures[i].ClassIndex);
        var control = Share(i => answers[i, 0] == pictures[i].ClassIndex);
        return new(
            variant.Options.Id, variant.Options.Precision, top1, Share(i => inTop5[i, column]), 100 * (control - top1),
            Share(i => answers[i, column] == answers[i, 0]), sha256);
    }

    /// <summary>One thread's buffers.</summary>
    private sealed class Worker(Model model, IImageDecoder decoder)
    {
        private readonly ImagePreprocessor _preprocessor = new(decoder, model.Preprocessing);
        private readonly StageClock _clock = new();
        private readonly float[] _tensor = new float[model.Preprocessing.TensorLength];
        private readonly float[] _logits = new float[model.Labels.Count];

        public void Answer(LabelledPicture picture, IReadOnlyList<Variant> variants, int row, int[,] answers, bool[,] inTop5)
        {
            _clock.Start();
            try
            {
                _preprocessor.Process(picture.Read(), _tensor, _clock);
            }
            catch (ImageRejectedException error)
            {
                throw new ImageRejectedException(error.Reason, $"{picture.Name}: {error.Message}", error);
            }
            for (var column = 0; column < variants.Count; column++)
            {
                variants[column].Infer(_tensor, _logits);
                var best = TopPredictions.Of(_logits, model.Labels);
                answers[row, column] = best[0].ClassIndex;
                inTop5[row, column] = Array.Exists(best, prediction => prediction.ClassIndex == picture.ClassIndex);
            }
        }
    }
}
