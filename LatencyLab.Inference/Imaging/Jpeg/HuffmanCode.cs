namespace LatencyLab.Inference.Imaging.Jpeg;

/// <summary>A JPEG Huffman code (ITU-T T.81, annex C), decoded from the next 16 bits.</summary>
internal sealed class HuffmanCode
{
    private const int MaxLength = 16;
    private const int FastBits = 9;

    // Length in the low byte, symbol above; 0 where the code is longer than FastBits or unknown.
    private readonly ushort[] _fast = new ushort[1 << FastBits];
    private readonly int[] _firstCode = new int[MaxLength + 1];
    private readonly int[] _firstIndex = new int[MaxLength + 1];
    private readonly int[] _count = new int[MaxLength + 1];
    private readonly byte[] _symbols;
    private SkippingTable? _skipping;
    private MeanTable? _means;

    private HuffmanCode(byte[] symbols) => _symbols = symbols;

    /// <summary>The table that reads several AC symbols at once.</summary>
    public SkippingTable Skipping => _skipping ??= new SkippingTable(this);

    /// <summary>The table that reads a block's mean.</summary>
    public MeanTable Means => _means ??= new MeanTable(this);

    /// <summary>Builds a code from the number of codes of each length (1 to 16) and the symbols; null where they make no code.</summary>
    public static HuffmanCode? Create(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        var table = new HuffmanCode(symbols.ToArray());
        var (code, index) = (0, 0);
        for (var length = 1; length <= MaxLength; length++, code <<= 1)
        {
            (table._firstCode[length], table._firstIndex[length], table._count[length]) = (code, index, counts[length - 1]);
            code += counts[length - 1];
            if (code > 1 << length)
            {
                return null;
            }

            for (var end = index + counts[length - 1]; index < end; index++)
            {
                table.FillFast(length, table._firstCode[length] + index - table._firstIndex[length], symbols[index]);
            }
        }

        return table;
    }

    /// <summary>The symbol at the head of 16 bits and the length of its code; length 0 where there is none.</summary>
    public (int Symbol, int Length) Decode(uint next16)
    {
        var fast = _fast[next16 >> (MaxLength - FastBits)];
        if (fast != 0)
        {
            return (fast >> 8, fast & 0xFF);
        }

        for (var length = FastBits + 1; length <= MaxLength; length++)
        {
            var offset = (int)(next16 >> (MaxLength - length)) - _firstCode[length];
            if (offset < _count[length] && offset >= 0)
            {
                return (_symbols[_firstIndex[length] + offset], length);
            }
        }

        return (0, 0);
    }

    private void FillFast(int length, int code, byte symbol)
    {
        if (length <= FastBits)
        {
            var first = code << (FastBits - length);
            _fast.AsSpan(first, 1 << (FastBits - length)).Fill((ushort)((symbol << 8) | length));
        }
    }
}
