namespace LatencyLab.Inference.Evaluation.Jobs;

/// <summary>What to evaluate, and what becomes of it.</summary>
public sealed record EvaluateRequest
{
    /// <summary>The model.</summary>
    public required string ModelId { get; init; }

    /// <summary>What the collection of pictures is called.</summary>
    public required string Data { get; init; }

    /// <summary>Identifiers of the variants; null or none for all.</summary>
    public IReadOnlyList<string>? VariantIds { get; init; }

    /// <summary>Whether the files of the model's card that no variant runs on this processor are evaluated too.</summary>
    public bool AllFiles { get; init; }

    /// <summary>Name of the data set to write the accuracies under; null writes nothing.</summary>
    public string? DataSet { get; init; }
}
