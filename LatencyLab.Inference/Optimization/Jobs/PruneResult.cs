using LatencyLab.Inference.Optimization.Pruning;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>What a pruning made: a file to train on from. It is no variant, because its accuracy is lost until it is fine-tuned.</summary>
/// <param name="File">Name of the ONNX file among the pruned ones.</param>
/// <param name="Report">What was removed.</param>
public sealed record PruneResult(string File, PruningReport Report);
