using LatencyLab.Inference.Imaging.Preprocessing;

namespace LatencyLab.Inference.Models;

/// <summary>A model that was found on disk: its card, labels and files.</summary>
public sealed record Model
{
    /// <summary>The card.</summary>
    public required ModelCard Card { get; init; }

    /// <summary>
    /// The same object for as long as the model is there with the same weights, also where its card is read anew: what was loaded or measured
    /// of it is tied to this, since another model may take its identifier later.
    /// </summary>
    public object Lifetime { get; init; } = new();

    /// <summary>Full path of the card.</summary>
    public required string CardPath { get; init; }

    /// <summary>Class names by class index.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>How a picture becomes the input.</summary>
    public required ImagePreprocessing Preprocessing { get; init; }

    /// <summary>Identifier.</summary>
    public string Id => Card.Id;

    /// <summary>Name for people.</summary>
    public string Title => Card.Title ?? Card.Id;

    /// <summary>The FP32 file.</summary>
    public ModelFile File => new(Resolve(Card.File), Card.Sha256);

    /// <summary>The file of another precision that ships with the model, or null where it must be made first.</summary>
    public ModelFile? FileOf(string precision) =>
        precision == Precisions.Fp32 ? File
        : Card.Variants.TryGetValue(precision, out var file) ? new(Resolve(file.File), file.Sha256)
        : null;

    private string Resolve(string file) => Path.Combine(Path.GetDirectoryName(CardPath)!, file);
}
