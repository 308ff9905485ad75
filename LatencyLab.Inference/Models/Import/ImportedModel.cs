namespace LatencyLab.Inference.Models.Import;

/// <summary>A model that was taken in.</summary>
/// <param name="Model">The model, with the card that was made for it.</param>
/// <param name="Notes">What was assumed, and what was changed in the graph; sentences for people.</param>
public sealed record ImportedModel(Model Model, IReadOnlyList<string> Notes);
