namespace LatencyLab.Inference.Models;

/// <summary>A model in one line.</summary>
public sealed record ModelSummary
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    public required string Title { get; init; }

    /// <summary>What it tells apart, for people.</summary>
    public string? Task { get; init; }

    /// <summary>Side of the square input in pixels.</summary>
    public required int InputPx { get; init; }

    /// <summary>Number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>Number of weights.</summary>
    public required long Parameters { get; init; }

    /// <summary>Multiply-accumulate operations for one picture.</summary>
    public required long MultiplyAccumulates { get; init; }

    /// <summary>Size of the FP32 file.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Size of the INT8 file; null where it is made on demand.</summary>
    public long? Int8SizeBytes { get; init; }

    /// <summary>Share of pictures whose first answer is right in FP32, 0 to 1, on the card's first data set; null where it states none.</summary>
    public double? Top1 { get; init; }

    /// <summary>The same for the INT8 file.</summary>
    public double? Int8Top1 { get; init; }

    /// <summary>Licence of the weights.</summary>
    public string? License { get; init; }

    /// <summary>What was assumed or changed when it was imported just now; null at any other time.</summary>
    public IReadOnlyList<string>? Notes { get; init; }

    /// <summary>Summarizes a model.</summary>
    public static ModelSummary Of(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var accuracies = MeasuredAccuracy.Of(model.Card);
        return new ModelSummary
        {
            Id = model.Id,
            Title = model.Title,
            Task = model.Card.Task,
            InputPx = model.Card.Preprocessing.Size,
            Classes = model.Card.NumClasses,
            Parameters = model.Card.Parameters,
            MultiplyAccumulates = model.Card.MultiplyAccumulates,
            SizeBytes = model.File.SizeBytes,
            Int8SizeBytes = model.FileOf(Precisions.Int8)?.SizeBytes,
            Top1 = accuracies.FirstOrDefault(accuracy => accuracy.Precision == Precisions.Fp32)?.Top1,
            Int8Top1 = accuracies.FirstOrDefault(accuracy => accuracy.Precision == Precisions.Int8)?.Top1,
            License = model.Card.License,
        };
    }
}
