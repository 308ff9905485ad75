namespace LatencyLab.Inference.Optimization.Facts;

/// <summary>How often an operator occurs in a model.</summary>
/// <param name="Operator">The operator type, for instance "Conv".</param>
/// <param name="Count">Its nodes.</param>
/// <param name="MultiplyAccumulates">Their multiply-adds for one picture.</param>
public sealed record OperatorCount(string Operator, int Count, long MultiplyAccumulates);
