using LatencyLab.Inference.Optimization.Calibration;

namespace LatencyLab.Inference.Optimization.Sensitivity;

/// <summary>Preprocessed pictures in memory, for running many candidates of a model over the same ones; their classes may be known.</summary>
public sealed class HeldPictures : ICalibrationSource
{
    /// <summary>The most memory that pictures take up, in bytes; of a larger collection every so many pictures are held.</summary>
    public const long MaxSizeBytes = 1L << 30;

    private readonly float[][] _pictures;

    private HeldPictures(float[][] pictures, IReadOnlyList<int> shape, IReadOnlyList<int>? classes) =>
        (_pictures, Shape, Classes) = (pictures, shape, classes);

    /// <inheritdoc/>
    public int Count => _pictures.Length;

    /// <inheritdoc/>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The class that each picture shows; null where that is not known.</summary>
    public IReadOnlyList<int>? Classes { get; }

    /// <summary>Reads pictures into memory.</summary>
    /// <param name="source">The pictures; at least one.</param>
    /// <param name="classes">One class index a picture, or null.</param>
    /// <param name="maxCount">How many to hold at most, evenly spread.</param>
    /// <param name="cancellation">Stops between pictures.</param>
    /// <exception cref="CalibrationException">A picture is not usable; the message names it.</exception>
    /// <exception cref="ArgumentException">There are no pictures, or not one class each.</exception>
    public static HeldPictures Of(
        ICalibrationSource source, IReadOnlyList<int>? classes = null, int maxCount = int.MaxValue, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(source.Count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxCount);
        if (classes is not null && classes.Count != source.Count)
        {
            throw new ArgumentException($"There are {classes.Count} classes for {source.Count} pictures.", nameof(classes));
        }

        var length = source.Shape.Aggregate(1, (product, d) => product * d);
        var count = (int)Math.Clamp(MaxSizeBytes / (length * (long)sizeof(float)), 1, Math.Min(source.Count, maxCount));
        var indices = Enumerable.Range(0, count).Select(i => (int)((long)i * source.Count / count)).ToArray();
        var pictures = new float[count][];
        for (var i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            source.Fill(indices[i], pictures[i] = new float[length]);
        }

        return new HeldPictures(pictures, source.Shape, classes is null ? null : Array.ConvertAll(indices, i => classes[i]));
    }

    /// <inheritdoc/>
    public void Fill(int index, Span<float> destination) => _pictures[index].CopyTo(destination);
}
