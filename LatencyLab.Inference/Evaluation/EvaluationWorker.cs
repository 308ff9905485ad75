using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Evaluation;

/// <summary>One thread's buffers of an evaluation.</summary>
internal sealed class EvaluationWorker(Model model, IImageDecoder decoder)
{
    private readonly ImagePreprocessor _preprocessor = new(decoder, model.Preprocessing);
    private readonly StageClock _clock = new();
    private readonly float[] _tensor = new float[model.Preprocessing.TensorLength];
    private readonly float[] _logits = new float[model.Labels.Count];

    /// <summary>Runs one picture through all variants that still answer.</summary>
    public void Answer(int row, EvaluationTally tally)
    {
        var picture = tally.Pictures[row];
        _clock.Start();
        try
        {
            _preprocessor.Process(picture.Read(), _tensor, _clock);
        }
        catch (ImageRejectedException error)
        {
            throw new ImageRejectedException(error.Reason, $"{picture.Name}: {error.Message}", error);
        }
        for (var column = 0; column < tally.Variants.Count; column++)
        {
            if (tally.Answers(column))
            {
                Answer(row, column, tally);
            }
        }
    }

    private void Answer(int row, int column, EvaluationTally tally)
    {
        try
        {
            tally.Variants[column].Infer(_tensor, _logits);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            tally.Fail(column, error);
            return;
        }
        tally.Enter(row, column, TopPredictions.Of(_logits, model.Labels));
    }
}
