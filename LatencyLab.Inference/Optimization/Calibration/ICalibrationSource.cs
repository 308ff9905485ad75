namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>The pictures that show a quantizer what its model will meet, already preprocessed.</summary>
/// <remarks>Pictures are asked for one at a time and in order, so a source may decode them as it goes.</remarks>
public interface ICalibrationSource
{
    /// <summary>How many pictures there are; at least 1.</summary>
    int Count { get; }

    /// <summary>The shape of one picture without the batch dimension, for instance [3, 224, 224].</summary>
    IReadOnlyList<int> Shape { get; }

    /// <summary>Writes one picture as the model takes it.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <param name="destination">The product of <see cref="Shape"/> values, to be overwritten in row-major order.</param>
    void Fill(int index, Span<float> destination);
}
