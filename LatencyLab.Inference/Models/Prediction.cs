namespace LatencyLab.Inference.Models;

/// <summary>One class of an answer.</summary>
/// <param name="Rank">1 for the most probable.</param>
/// <param name="ClassIndex">Index of the model's output.</param>
/// <param name="Label">Name of the class.</param>
/// <param name="Probability">Softmax probability, 0 to 1.</param>
public sealed record Prediction(int Rank, int ClassIndex, string Label, double Probability);
