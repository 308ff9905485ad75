using System.Numerics.Tensors;

namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>How often one activation takes which values, gathered in one pass and in memory that does not grow with the number of values.</summary>
/// <remarks>
/// A bin is a power of two wide and begins at a multiple of its width. When values come that do not fit into <see cref="MaxBins"/> bins,
/// the width doubles and neighbours merge, which is exact; so the result depends neither on the order nor on the batches in which values
/// came. Between half and all of the bins cover the range seen: one step of a byte is at least 32 bins, and an error of a whole bin is
/// at most 1/8192 of the range. Zeros are counted apart: a byte meets them exactly, and behind ReLU they would outnumber all others.
/// </remarks>
internal sealed class ActivationHistogram
{
    /// <summary>Bins at most: 128 KiB a tensor.</summary>
    public const int MaxBins = 1 << 14;

    // Its inverse is still a normal float.
    private const int SmallestExponent = -120;

    private long[] _counts = [];
    private int _first;
    private int _exponent = SmallestExponent;

    /// <summary>The smallest value seen; NaN or infinite where a value was.</summary>
    public float Min { get; private set; } = float.PositiveInfinity;

    /// <summary>The largest value seen; NaN or infinite where a value was.</summary>
    public float Max { get; private set; } = float.NegativeInfinity;

    /// <summary>How many values were exactly 0.</summary>
    public long Zeros { get; private set; }

    /// <summary>How many values lie in each bin.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>The number of the first bin: it begins at this many widths from 0, and so is 0 or negative.</summary>
    public int First => _first;

    /// <summary>The width of a bin.</summary>
    public double Width => Math.ScaleB(1, _exponent);

    /// <summary>Where a bin begins; the end of the last one is the beginning of the one behind it.</summary>
    public double Edge(int index) => (_first + index) * Width;

    /// <summary>The middle of a bin.</summary>
    public double Center(int index) => (_first + index + 0.5) * Width;

    /// <summary>Counts values.</summary>
    public void Add(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        // Both pass NaN on, so that a model gone wrong is noticed.
        Min = MathF.Min(Min, TensorPrimitives.Min(values));
        Max = MathF.Max(Max, TensorPrimitives.Max(values));
        if (float.IsFinite(Min) && float.IsFinite(Max))
        {
            MakeRoom();
            Count(values);
        }
    }

    private void Count(ReadOnlySpan<float> values)
    {
        var (counts, first, perWidth) = (_counts, _first, MathF.ScaleB(1, -_exponent));
        long zeros = 0;
        foreach (var value in values)
        {
            if (value == 0)
            {
                zeros++;
            }
            else
            {
                counts[(int)MathF.Floor(value * perWidth) - first]++;
            }
        }

        Zeros += zeros;
    }

    private void MakeRoom()
    {
        var (low, high) = (MathF.Min(Min, 0), MathF.Max(Max, 0));
        var exponent = _exponent;
        int first, bins;
        for (; ; exponent++)
        {
            var perWidth = MathF.ScaleB(1, -exponent);
            var (begin, end) = ((double)MathF.Floor(low * perWidth), (double)MathF.Floor(high * perWidth) + 1);
            if (end - begin <= MaxBins)
            {
                (first, bins) = ((int)begin, (int)(end - begin));
                break;
            }
        }

        if (exponent == _exponent && first == _first && bins == _counts.Length)
        {
            return;
        }

        var counts = new long[bins];
        for (var i = 0; i < _counts.Length; i++)
        {
            // An arithmetic shift rounds down, as bins do.
            counts[((_first + i) >> (exponent - _exponent)) - first] += _counts[i];
        }

        (_counts, _first, _exponent) = (counts, first, exponent);
    }
}
