namespace LatencyLab.Inference.Optimization.Sensitivity;

/// <summary>Which layers of a model lose how much in INT8.</summary>
public sealed record SensitivityReport
{
    /// <summary>The model.</summary>
    public required string ModelId { get; init; }

    /// <summary>Pictures that the damage was measured on.</summary>
    public required int Pictures { get; init; }

    /// <summary>Pictures that the model was calibrated on; others than those.</summary>
    public required int CalibrationPictures { get; init; }

    /// <summary>The calibration method, for instance "min-max".</summary>
    public required string CalibrationMethod { get; init; }

    /// <summary>The damage with every layer in INT8, for comparison.</summary>
    public required OutputDamage AllLayers { get; init; }

    /// <summary>The layers with weights, the one that loses most first.</summary>
    public required IReadOnlyList<LayerSensitivity> Layers { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public required double DurationMs { get; init; }
}

/// <summary>The damage when one layer alone runs in INT8.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Operator">Its operator type, for instance "Conv".</param>
/// <param name="Position">Its place among the layers with weights, from 1 at the input.</param>
/// <param name="KlDivergence">As in <see cref="OutputDamage"/>.</param>
/// <param name="Agreement">As in <see cref="OutputDamage"/>.</param>
/// <param name="LogitError">As in <see cref="OutputDamage"/>.</param>
public sealed record LayerSensitivity(string Layer, string Operator, int Position, double KlDivergence, double Agreement, double LogitError);
