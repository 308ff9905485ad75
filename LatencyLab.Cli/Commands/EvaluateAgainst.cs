using System.Globalization;
using LatencyLab.Inference.Evaluation;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Cli.Commands;

/// <summary><c>latencylab evaluate --data PICTURES --against int8|fp16|FILE</c>: does an optimized file answer as the original does?</summary>
internal static class EvaluateAgainst
{
    public static async Task<int> RunAsync(
        Laboratory laboratory, CommonValues values, Model model, string folder, string against, int heldOut, CancellationToken cancellationToken)
    {
        var pictures = Pictures(folder, heldOut);
        await model.File.VerifyAsync(cancellationToken);
        var file = await FileOfAsync(laboratory, model, against, cancellationToken);
        var result = await Output.WithProgressAsync("evaluating", values.Json, progress => Task.Run(() => AgreementEvaluator.Run(
            model, model.File, file, against, pictures, laboratory.Get<IImageDecoder>(), new ShareOfPictures(progress, pictures.Count), cancellationToken)));
        if (values.Json)
        {
            Output.Json(result);
        }
        else
        {
            Print(result);
        }
        return 0;
    }

    private static IReadOnlyList<string> Pictures(string folder, int heldOut)
    {
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"--data: {folder} is no folder. With --against it names a folder of pictures.");
        }
        IReadOnlyList<string> all = CalibrationPictures.Find(folder, int.MaxValue);
        IReadOnlyList<string> kept = heldOut > 0 ? [.. all.Except(CalibrationPictures.Find(folder, heldOut))] : all;
        return kept.Count > 0 ? kept : throw new UsageException(
            all.Count == 0 ? $"--data: no pictures in {folder}." : $"--held-out {heldOut} leaves none of the {all.Count} pictures in {folder}.");
    }

    private static async Task<ModelFile> FileOfAsync(Laboratory laboratory, Model model, string against, CancellationToken cancellationToken)
    {
        if (against is not (Precisions.Int8 or Precisions.Fp16))
        {
            return File.Exists(against) ? new ModelFile(Path.GetFullPath(against), null) : throw new UsageException(
                $"--against: there is no file {against}. Name an ONNX file, {Precisions.Int8} or {Precisions.Fp16}.");
        }
        var shipped = against == Precisions.Int8 && CpuCapabilities.Current.NeedsSevenBitWeights ? Precisions.Int8SevenBit : against;
        return model.FileOf(shipped) ?? await laboratory.Get<IModelPreparer>().PrepareAsync(model, against, progress: null, cancellationToken);
    }

    private static void Print(Agreement result)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{result.ModelId} and {result.Against}: same best class on {result.Agreeing} of {result.Pictures} pictures ({100 * result.Share:0.0} %); "
            + $"top-1 logit off by {result.TopLogitMedianError:0.000} (median), {result.TopLogitMaxError:0.000} (at most)"));
        foreach (var picture in result.Disagreements)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"- {picture.Picture}: {picture.Reference} {100 * picture.ReferenceProbability:0.0} %, became {picture.Candidate} {100 * picture.CandidateProbability:0.0} %"));
        }
    }

    private sealed class ShareOfPictures(IProgress<double> progress, int total) : IProgress<int>
    {
        public void Report(int value) => progress.Report((double)value / total);
    }
}
