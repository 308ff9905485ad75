using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Evaluation;

/// <summary>How much of the machine an evaluation takes.</summary>
/// <param name="Workers">Pictures evaluated at the same time, 1 or more.</param>
/// <param name="Gate">Each picture waits for a place there; null where nothing else wants the classifier.</param>
public sealed record EvaluationPace(int Workers, ClassifierGate? Gate = null)
{
    /// <summary>All cores, for a program that does nothing else.</summary>
    public static EvaluationPace Full { get; } = new(CpuCapabilities.Current.LogicalCores);

    /// <summary>Half of the cores, and none while something is being measured: the others go on answering.</summary>
    /// <param name="gate">The gate in front of the classifier.</param>
    public static EvaluationPace Beside(ClassifierGate gate) => new(Math.Max(1, CpuCapabilities.Current.LogicalCores / 2), gate);
}
