namespace LatencyLab.Inference.Imaging.Jpeg;

/// <summary>
/// Jumps over AC coefficients: the next bits index an entry that says how many bits and coefficients all complete symbols in them
/// take. The means of blocks are wanted, not the coefficients, so most blocks take one or two look-ups.
/// </summary>
internal sealed class SkippingTable
{
    /// <summary>Bits that a look-up looks at; larger tables leave the first-level cache.</summary>
    public const int IndexBits = 11;

    private const int EndOfBlock = 0x00;
    private const int SixteenZeros = 0xF0;
    private const byte OneByOne = byte.MaxValue;

    private readonly HuffmanCode _code;
    private readonly Entry[] _entries = new Entry[1 << IndexBits];

    public SkippingTable(HuffmanCode code)
    {
        _code = code;
        for (var index = 0; index < _entries.Length; index++)
        {
            _entries[index] = Follow(code, (uint)index);
        }
    }

    /// <summary>All complete symbols at the head of 64 bits.</summary>
    public Entry Look(ulong next) => _entries[next >> (64 - IndexBits)];

    /// <summary>The one symbol at the head of 64 bits.</summary>
    /// <returns>The coefficients that it passes (0 ends the block, negative is no symbol), its bits, and how many of them are its value.</returns>
    public (int Reach, int Bits, int ValueBits) ReadOne(ulong next)
    {
        var (symbol, length) = _code.Decode((uint)(next >> 48));
        var valueBits = symbol & 0xF;
        return length == 0 ? (-1, 0, 0) : (Reach(symbol), length + valueBits, valueBits);
    }

    private static int Reach(int symbol) => symbol switch
    {
        EndOfBlock => 0,
        SixteenZeros => 16,
        _ when (symbol & 0xF) == 0 => -1,
        _ => (symbol >> 4) + 1,
    };

    private static Entry Follow(HuffmanCode code, uint index)
    {
        var (bits, coefficients) = (0, 0);
        while (bits < IndexBits)
        {
            var next16 = (index << (32 - IndexBits + bits)) >> 16;
            var (symbol, length) = code.Decode(next16);
            var reach = Reach(symbol);
            if (length == 0 || bits + length > IndexBits || reach < 0)
            {
                break;
            }

            bits += length;
            if (reach == 0)
            {
                return new Entry((byte)bits, (byte)coefficients, true);
            }

            // The value's own bits may lie beyond the index: they are skipped, not looked at.
            bits += symbol & 0xF;
            coefficients += reach;
        }

        return bits == 0 ? new Entry(0, OneByOne, false) : new Entry((byte)bits, (byte)Math.Min(coefficients, OneByOne), false);
    }

    /// <summary>What the complete symbols in an index amount to.</summary>
    internal readonly struct Entry(byte bits, byte coefficients, bool endsBlock)
    {
        private readonly int _packed = bits | (coefficients << 8) | (endsBlock ? 1 << 16 : 0);

        /// <summary>Bits taken.</summary>
        public int Bits => _packed & 0xFF;

        /// <summary>Coefficients passed; more than a block has where symbols must be read one by one.</summary>
        public int Coefficients => (_packed >> 8) & 0xFF;

        /// <summary>Whether the block ends after them.</summary>
        public bool EndsBlock => _packed >> 16 != 0;
    }
}
