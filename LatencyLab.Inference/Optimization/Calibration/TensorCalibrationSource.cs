namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>Calibration pictures that are in memory as tensors.</summary>
public sealed class TensorCalibrationSource : ICalibrationSource
{
    private readonly IReadOnlyList<float[]> _pictures;

    /// <param name="pictures">One array a picture, in row-major order.</param>
    /// <param name="shape">The shape of one picture without the batch dimension.</param>
    /// <exception cref="ArgumentException">A picture does not fill the shape.</exception>
    public TensorCalibrationSource(IReadOnlyList<float[]> pictures, IReadOnlyList<int> shape)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(shape);
        var length = shape.Aggregate(1, (product, d) => product * d);
        for (var i = 0; i < pictures.Count; i++)
        {
            if (pictures[i].Length != length)
            {
                throw new ArgumentException(
                    $"Picture {i} has {pictures[i].Length} values; [{string.Join(',', shape)}] takes {length}.", nameof(pictures));
            }
        }

        (_pictures, Shape) = (pictures, shape);
    }

    /// <inheritdoc/>
    public int Count => _pictures.Count;

    /// <inheritdoc/>
    public IReadOnlyList<int> Shape { get; }

    /// <inheritdoc/>
    public void Fill(int index, Span<float> destination) => _pictures[index].CopyTo(destination);
}
