using System.Text.Json;

namespace LatencyLab.Inference.Sessions;

/// <summary>A variant of one model that was made while the program ran, for instance by quantizing from the page.</summary>
public sealed record MadeVariant
{
    /// <summary>The model that it was made from.</summary>
    public required string ModelId { get; init; }

    /// <summary>Hash of the FP32 file that it was made from: of another file it would be no variant.</summary>
    public required string ModelSha256 { get; init; }

    /// <summary>How it is run.</summary>
    public required VariantOptions Options { get; init; }

    /// <summary>Its ONNX file, relative to the folder of the index.</summary>
    public required string File { get; init; }

    /// <summary>Hash of the ONNX file; checked before it is loaded.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Measured accuracies of the ONNX file, by name of the data set, as in a model card; null until one was measured.</summary>
    public JsonElement? Accuracy { get; init; }
}
