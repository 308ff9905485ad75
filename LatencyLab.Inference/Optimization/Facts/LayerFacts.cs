namespace LatencyLab.Inference.Optimization.Facts;

/// <summary>One node of a model.</summary>
/// <param name="Name">The node's name, or its output's where it has none.</param>
/// <param name="Operator">The operator type, for instance "Conv".</param>
/// <param name="OutputShape">Shape of its first output for one picture (or the model's own batch size); null where the runtime cannot tell.</param>
/// <param name="Parameters">Learned values that it reads.</param>
/// <param name="MultiplyAccumulates">Multiply-adds for one picture; 0 for operators without weights.</param>
public sealed record LayerFacts(string Name, string Operator, IReadOnlyList<long>? OutputShape, long Parameters, long MultiplyAccumulates);
