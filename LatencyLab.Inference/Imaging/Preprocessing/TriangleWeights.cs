namespace LatencyLab.Inference.Imaging.Preprocessing;

/// <summary>
/// The taps of a triangle filter along one axis: for each wanted output pixel the first source pixel, their number and their weights.
/// Kept while the geometry stays the same; its arrays only grow.
/// </summary>
internal sealed class TriangleWeights
{
    /// <summary>
    /// Binary places of a weight. 8 bits of pixel and 22 of weight leave two for sums in 32 bits; Pillow uses the same, so results are equal to
    /// its results bit by bit.
    /// </summary>
    public const int FractionBits = 22;

    private ResampledAxis _axis;
    private bool _antialias;
    private int[] _starts = [];
    private int[] _counts = [];
    private int[] _weights = [];

    /// <summary>First source pixel of each output pixel; ascending.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, _axis.Count);

    /// <summary>Number of source pixels of each output pixel; at least 1.</summary>
    public ReadOnlySpan<int> Counts => _counts.AsSpan(0, _axis.Count);

    /// <summary>Weights in units of 2^-22, <see cref="MaxTaps"/> places an output pixel; they sum to 1 within rounding.</summary>
    public ReadOnlySpan<int> Weights => _weights.AsSpan(0, _axis.Count * MaxTaps);

    /// <summary>Places kept for the weights of one output pixel.</summary>
    public int MaxTaps { get; private set; }

    /// <summary>Computes the taps unless they are those of the last call.</summary>
    public void Prepare(in ResampledAxis axis, bool antialias)
    {
        if (axis == _axis && antialias == _antialias)
        {
            return;
        }

        var scale = (double)axis.Source / axis.Resized;
        var support = antialias ? axis.Support : 1;
        MaxTaps = ((int)Math.Ceiling(support) * 2) + 1;
        Grow(ref _starts, axis.Count);
        Grow(ref _counts, axis.Count);
        Grow(ref _weights, axis.Count * MaxTaps);
        for (var index = 0; index < axis.Count; index++)
        {
            var centre = (axis.First + index + 0.5) * scale;
            var start = Math.Max(0, (int)(centre - support + 0.5));
            var end = Math.Min(axis.Source, (int)(centre + support + 0.5));
            _starts[index] = start;
            _counts[index] = end - start;
            FillWeights(_weights.AsSpan(index * MaxTaps, end - start), start + 0.5 - centre, support);
        }

        (_axis, _antialias) = (axis, antialias);
    }

    private static void FillWeights(Span<int> weights, double firstDistance, double support)
    {
        var sum = 0.0;
        for (var tap = 0; tap < weights.Length; tap++)
        {
            sum += Triangle((firstDistance + tap) / support);
        }

        for (var tap = 0; tap < weights.Length; tap++)
        {
            var weight = Triangle((firstDistance + tap) / support) / sum;
            weights[tap] = (int)((weight * (1 << FractionBits)) + 0.5);
        }
    }

    private static double Triangle(double distance) => Math.Max(0, 1 - Math.Abs(distance));

    private static void Grow(ref int[] array, int length)
    {
        if (array.Length < length)
        {
            array = new int[length];
        }
    }
}
