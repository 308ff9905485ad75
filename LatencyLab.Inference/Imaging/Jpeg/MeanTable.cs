namespace LatencyLab.Inference.Imaging.Jpeg;

/// <summary>Reads a block's mean, as the difference from the block before: code and value in one look-up where they are short.</summary>
internal sealed class MeanTable
{
    private const int IndexBits = 11;
    private const int LongestValue = 11;

    private readonly HuffmanCode _code;

    // Bits taken in the low byte, difference above; 0 where the index does not hold all of it.
    private readonly int[] _entries = new int[1 << IndexBits];

    public MeanTable(HuffmanCode code)
    {
        _code = code;
        for (var index = 0; index < _entries.Length; index++)
        {
            var (difference, bits) = Follow((ulong)index << (64 - IndexBits));
            _entries[index] = bits <= IndexBits ? (difference << 8) | bits : 0;
        }
    }

    /// <summary>The difference at the head of 64 bits, and the bits that it takes; 0 bits where there is none.</summary>
    public (int Difference, int Bits) Read(ulong next)
    {
        var entry = _entries[next >> (64 - IndexBits)];
        return entry != 0 ? (entry >> 8, entry & 0xFF) : Follow(next);
    }

    /// <summary>The signed value in the first of 64 bits (ITU-T T.81, table F.1).</summary>
    public static int Value(ulong next, int bits)
    {
        var value = bits == 0 ? 0 : (int)(next >> (64 - bits));
        return bits > 0 && value >> (bits - 1) == 0 ? value - (1 << bits) + 1 : value;
    }

    private (int Difference, int Bits) Follow(ulong next)
    {
        var (size, length) = _code.Decode((uint)(next >> 48));
        if (length == 0 || size > LongestValue)
        {
            return (0, 0);
        }

        return (Value(next << length, size), length + size);
    }
}
