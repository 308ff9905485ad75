namespace LatencyLab.Inference.Measurement.Load;

/// <summary>One stage over a run's answers.</summary>
/// <param name="Stage">The stage. <see cref="Stage.Queue"/> has the wait for a free caller in it.</param>
/// <param name="P50Ms">Median of the answers that passed the stage, in milliseconds.</param>
/// <param name="MeanMs">Mean over all answers in milliseconds; the means of all stages add up to the mean latency.</param>
public sealed record LoadStage(Stage Stage, double P50Ms, double MeanMs)
{
    /// <summary>The stages that any answer passed, in request order.</summary>
    internal static IReadOnlyList<LoadStage> Of(LoadRecorder recorder)
    {
        var answers = recorder.Of(Stage.Other).Count;
        var stages = new List<LoadStage>();
        for (var stage = Stage.Upload; stage <= Stage.Other; stage++)
        {
            var histogram = recorder.Of(stage);
            if (histogram.MeanMs is { } mean && histogram.PercentileMs(0.5) is { } median)
            {
                stages.Add(new LoadStage(stage, median, mean * histogram.Count / answers));
            }
        }
        return stages;
    }
}
