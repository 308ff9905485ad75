using System.Text.Json;

namespace LatencyLab.Inference.Models;

/// <summary>
/// What a model is and how pictures must be prepared for it: <c>model.json</c>, or <c>ID.json</c> beside the ONNX file. JSON names are
/// snake_case; entries that LatencyLab does not use are kept out of its way.
/// </summary>
public sealed record ModelCard
{
    /// <summary>Version of the format; 1.</summary>
    public required int Format { get; init; }

    /// <summary>Identifier, unique among all models.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people; the identifier where absent.</summary>
    public string? Title { get; init; }

    /// <summary>ONNX file, relative to the card.</summary>
    public required string File { get; init; }

    /// <summary>Size of the ONNX file; 0 where not stated.</summary>
    public long Bytes { get; init; }

    /// <summary>Hash of the ONNX file; checked before it is loaded.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Architecture, for people.</summary>
    public string? Architecture { get; init; }

    /// <summary>What it tells apart, for people.</summary>
    public string? Task { get; init; }

    /// <summary>Number of weights.</summary>
    public long Parameters { get; init; }

    /// <summary>Multiply-accumulate operations for one picture.</summary>
    public long MultiplyAccumulates { get; init; }

    /// <summary>The model's input.</summary>
    public required TensorCard Input { get; init; }

    /// <summary>The model's output: one logit a class.</summary>
    public required TensorCard Output { get; init; }

    /// <summary>How a picture becomes the input.</summary>
    public required PreprocessingCard Preprocessing { get; init; }

    /// <summary>Text file with one class name a line, relative to the card.</summary>
    public required string Labels { get; init; }

    /// <summary>Number of classes.</summary>
    public required int NumClasses { get; init; }

    /// <summary>Where the weights come from, for people; any JSON.</summary>
    public JsonElement? Source { get; init; }

    /// <summary>Licence of the weights.</summary>
    public string? License { get; init; }

    /// <summary>Measured accuracies, by name of the data set.</summary>
    public JsonElement? Accuracy { get; init; }

    /// <summary>Made from this model: further ONNX files for the same card, by precision, for instance <c>int8</c>.</summary>
    public IReadOnlyDictionary<string, ModelFileCard> Variants { get; init; } = new Dictionary<string, ModelFileCard>();
}

/// <summary>An ONNX file made from a model.</summary>
public sealed record ModelFileCard
{
    /// <summary>ONNX file, relative to the card.</summary>
    public required string File { get; init; }

    /// <summary>Size of the file; 0 where not stated.</summary>
    public long Bytes { get; init; }

    /// <summary>Hash of the file; checked before it is loaded.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Measured accuracies, by name of the data set.</summary>
    public JsonElement? Accuracy { get; init; }
}

/// <summary>A model's input or output.</summary>
public sealed record TensorCard
{
    /// <summary>Name in the graph.</summary>
    public required string Name { get; init; }
}

/// <summary>How a picture becomes a model's input.</summary>
public sealed record PreprocessingCard
{
    /// <summary>Side of the square input in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>How the picture is resampled.</summary>
    public required ResizeCard Resize { get; init; }

    /// <summary>Mean of each channel, on the 0..1 scale; subtracted.</summary>
    public required float[] Mean { get; init; }

    /// <summary>Standard deviation of each channel, on the 0..1 scale; divided by.</summary>
    public required float[] Std { get; init; }
}

/// <summary>How a picture is resampled before the crop.</summary>
public sealed record ResizeCard
{
    /// <summary><c>short_side</c> keeps the aspect ratio; <c>stretch</c> does not.</summary>
    public required string Mode { get; init; }

    /// <summary>Length of the resampled picture's short side in pixels, for <c>short_side</c>.</summary>
    public int ShortSide { get; init; }

    /// <summary>Whether the filter widens when shrinking.</summary>
    public bool Antialias { get; init; } = true;
}
