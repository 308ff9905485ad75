namespace LatencyLab.Inference.Optimization.Facts;

/// <summary>An input or output of a model.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="ElementType">For instance "Float".</param>
/// <param name="Shape">One text a dimension: its size, or its name where it is free; "?" where the model says nothing.</param>
public sealed record TensorFacts(string Name, string ElementType, IReadOnlyList<string> Shape);
