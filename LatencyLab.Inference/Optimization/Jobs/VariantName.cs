namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>What a new variant is called.</summary>
/// <param name="Id">Its identifier unless that is taken, for instance <c>int8-entropy-s8</c>.</param>
/// <param name="Title">Its name for people, for instance "INT8 entropy, s8".</param>
/// <param name="Description">How it was made, in a sentence.</param>
internal sealed record VariantName(string Id, string Title, string Description);
