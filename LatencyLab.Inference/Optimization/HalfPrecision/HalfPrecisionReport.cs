namespace LatencyLab.Inference.Optimization.HalfPrecision;

/// <summary>What storing weights as FP16 did.</summary>
public sealed record HalfPrecisionReport
{
    /// <summary>Weight tensors that are stored as FP16.</summary>
    public required int Tensors { get; init; }

    /// <summary>Values in them.</summary>
    public required long Values { get; init; }

    /// <summary>The largest distance of a stored value from the original.</summary>
    public required double MaxError { get; init; }

    /// <summary>The mean distance of stored values from the originals.</summary>
    public required double MeanError { get; init; }

    /// <summary>Tensors that stay FP32 because FP16 cannot hold all of their values. Those of fewer than 128 values stay too, unmentioned.</summary>
    public required IReadOnlyList<FloatTensor> LeftInFloat { get; init; }

    /// <summary>Size of the FP32 model, in bytes.</summary>
    public required long SizeBeforeBytes { get; init; }

    /// <summary>Size of the FP16 model, in bytes.</summary>
    public required long SizeAfterBytes { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public required double DurationMs { get; init; }
}

/// <summary>A weight tensor that stays FP32.</summary>
/// <param name="Name">Its name.</param>
/// <param name="OutOfRange">How many of its values are beyond ±65,504 or not finite.</param>
public sealed record FloatTensor(string Name, int OutOfRange);
