namespace LatencyLab.Inference.Evaluation;

/// <summary>Accuracy of a model's variants on pictures whose classes are known.</summary>
public sealed record EvaluationResult
{
    /// <summary>The model.</summary>
    public required string ModelId { get; init; }

    /// <summary>The collection, as it was named.</summary>
    public required string Data { get; init; }

    /// <summary>Pictures evaluated.</summary>
    public required int Pictures { get; init; }

    /// <summary>Decoder that prepared them.</summary>
    public required string Decoder { get; init; }

    /// <summary>How INT8 products are computed on this processor.</summary>
    public required string Int8Path { get; init; }

    /// <summary>One entry a variant, the control first.</summary>
    public required IReadOnlyList<VariantAccuracy> Variants { get; init; }

    /// <summary>Variants that were left out because they did not answer, and why.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Where the accuracies were written; null where that was not asked for.</summary>
    public IReadOnlyList<WrittenAccuracy>? Written { get; init; }
}

/// <summary>Accuracy of one variant.</summary>
/// <param name="Id">The variant.</param>
/// <param name="Precision"><c>fp32</c>, <c>fp16</c> or <c>int8</c>.</param>
/// <param name="Top1">Share of pictures whose best class is right, 0 to 1.</param>
/// <param name="Top1Ci95">95 % interval of <paramref name="Top1"/>, were other pictures of the same kind taken.</param>
/// <param name="Top5">Share of pictures whose class is among the best five, 0 to 1.</param>
/// <param name="DropPoints">The control's top-1 minus this one's, in percentage points; 0 for the control.</param>
/// <param name="AgreementWithControl">Share of pictures with the same best class as the control, 0 to 1.</param>
/// <param name="Sha256">Hash of the ONNX file that ran; null for a remote variant.</param>
public sealed record VariantAccuracy(
    string Id, string Precision, double Top1, IReadOnlyList<double> Top1Ci95, double Top5, double DropPoints, double AgreementWithControl, string? Sha256);

/// <summary>An accuracy that was written down.</summary>
/// <param name="VariantId">The variant that was measured.</param>
/// <param name="DataSet">Name of the data set it is written under.</param>
/// <param name="Path">The card or index that holds it now.</param>
public sealed record WrittenAccuracy(string VariantId, string DataSet, string Path);
