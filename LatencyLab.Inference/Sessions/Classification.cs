using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Sessions;

/// <summary>One variant's answer to one picture.</summary>
/// <param name="Predictions">The most probable classes, best first.</param>
/// <param name="Times">Where the time went.</param>
public sealed record Classification(IReadOnlyList<Prediction> Predictions, StageTimes Times);
