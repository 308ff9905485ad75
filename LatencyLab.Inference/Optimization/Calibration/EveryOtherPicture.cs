namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>Half of a collection: the pictures with even places, or those with odd ones.</summary>
/// <param name="source">The collection; two pictures or more.</param>
/// <param name="first">0 or 1: the place of the first picture.</param>
internal sealed class EveryOtherPicture(ICalibrationSource source, int first) : ICalibrationSource
{
    /// <inheritdoc/>
    public int Count => (source.Count - first + 1) / 2;

    /// <inheritdoc/>
    public IReadOnlyList<int> Shape => source.Shape;

    /// <inheritdoc/>
    public void Fill(int index, Span<float> destination) => source.Fill((2 * index) + first, destination);
}
