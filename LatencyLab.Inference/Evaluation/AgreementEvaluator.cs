using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Evaluation;

/// <summary>Holds two files of one model against each other, picture by picture.</summary>
public static class AgreementEvaluator
{
    private static readonly VariantOptions Cpu = new() { Id = "agreement", Title = "Agreement" };

    /// <summary>Runs all pictures through both.</summary>
    /// <param name="model">The model: preprocessing and labels of both files.</param>
    /// <param name="reference">The original's file.</param>
    /// <param name="candidate">The other file.</param>
    /// <param name="against">What the other is called in the result.</param>
    /// <param name="pictures">Picture files.</param>
    /// <param name="decoder">Decodes them.</param>
    /// <param name="progress">Pictures done.</param>
    /// <param name="cancellationToken">Cancels between pictures.</param>
    /// <exception cref="ImageRejectedException">A picture cannot be decoded; the message names it.</exception>
    /// <exception cref="InvalidModelException">A file's inputs and outputs are not those that the model's card describes.</exception>
    /// <exception cref="Microsoft.ML.OnnxRuntime.OnnxRuntimeException">The runtime refuses a file.</exception>
    public static Agreement Run(
        Model model, ModelFile reference, ModelFile candidate, string against, IReadOnlyList<string> pictures, IImageDecoder decoder,
        IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentOutOfRangeException.ThrowIfZero(pictures.Count);
        using var first = Load(model, reference);
        using var second = Load(model, candidate);
        var preprocessor = new ImagePreprocessor(decoder, model.Preprocessing);
        var clock = new StageClock();
        var moves = new double[pictures.Count];
        var disagreements = new List<Disagreement>();
        for (var i = 0; i < pictures.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            clock.Start();
            Prepare(pictures[i], preprocessor, first.Bound.Input, clock);
            first.Bound.Input.CopyTo(second.Bound.Input);
            first.Bound.Run();
            second.Bound.Run();
            var expected = TopPredictions.Of(first.Bound.Output, model.Labels, count: 1)[0];
            var actual = TopPredictions.Of(second.Bound.Output, model.Labels, count: 1)[0];
            moves[i] = Math.Abs((double)first.Bound.Output[expected.ClassIndex] - second.Bound.Output[expected.ClassIndex]);
            if (expected.ClassIndex != actual.ClassIndex)
            {
                disagreements.Add(new(Path.GetFileName(pictures[i]), expected.Label, expected.Probability, actual.Label, actual.Probability));
            }
            progress?.Report(i + 1);
        }
        Array.Sort(moves);
        return new Agreement
        {
            ModelId = model.Id,
            Against = against,
            Pictures = pictures.Count,
            Agreeing = pictures.Count - disagreements.Count,
            TopLogitMedianError = (moves[(moves.Length - 1) / 2] + moves[moves.Length / 2]) / 2,
            TopLogitMaxError = moves[^1],
            Disagreements = disagreements,
        };
    }

    private static void Prepare(string picture, ImagePreprocessor preprocessor, Span<float> tensor, StageClock clock)
    {
        try
        {
            preprocessor.Process(File.ReadAllBytes(picture), tensor, clock);
        }
        catch (ImageRejectedException error)
        {
            throw new ImageRejectedException(error.Reason, $"{picture}: {error.Message}", error);
        }
    }

    private static LoadedFile Load(Model model, ModelFile file)
    {
        var session = SessionFactory.Create(file, Cpu, CpuCapabilities.Current.LogicalCores).Session;
        try
        {
            return new LoadedFile(session, new BoundSession(session, model));
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private sealed record LoadedFile(IDisposable Session, BoundSession Bound) : IDisposable
    {
        public void Dispose()
        {
            Bound.Dispose();
            Session.Dispose();
        }
    }
}
