namespace LatencyLab.Inference.Measurement.Load;

/// <summary>One caller's request under way: the stages of its answer. Reused for the caller's next.</summary>
public sealed class LoadRequest
{
    private readonly long[] _stagesNs = new long[(int)Stage.Other + 1];

    /// <summary>A clock for targets that time the stages themselves; not started.</summary>
    public StageClock Clock { get; } = new();

    /// <summary>Says how long one stage took, in milliseconds; <see cref="Stage.Other"/> is worked out from the total instead.</summary>
    public void SetStage(Stage stage, double ms) => _stagesNs[(int)stage] = (long)(ms * 1e6);

    /// <summary>Time of one stage in nanoseconds; 0 for a stage that the request did not pass.</summary>
    internal long StageNs(Stage stage) => _stagesNs[(int)stage];

    internal void Clear() => Array.Clear(_stagesNs);
}
