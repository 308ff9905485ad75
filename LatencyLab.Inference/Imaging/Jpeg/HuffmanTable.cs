using System.Runtime.InteropServices;

namespace LatencyLab.Inference.Imaging.Jpeg;

/// <summary>
/// One Huffman code of a JPEG scan (ITU-T T.81, annexes C and F), with a second lookup that jumps over several AC symbols and their extra bits at
/// once: at an eighth of the scale nobody looks at their values.
/// </summary>
internal sealed class HuffmanTable
{
    /// <summary>Bits that <see cref="Jumps"/> is asked with.</summary>
    public const int JumpBits = 13;

    private const int LongestCode = 16;
    private const int ShortCode = 10;

    private readonly ushort[] _short = new ushort[1 << ShortCode];
    private readonly int[] _endOfLength = new int[LongestCode + 1];
    private readonly int[] _offsetOfLength = new int[LongestCode + 1];
    private readonly byte[] _symbols = new byte[256];
    private readonly uint[] _jumps = new uint[1 << JumpBits];

    /// <summary>Whether <see cref="TryBuild"/> succeeded last.</summary>
    public bool IsBuilt { get; private set; }

    /// <summary>Builds the lookups from a DHT segment's table.</summary>
    /// <param name="counts">Number of codes of each length from 1 to 16.</param>
    /// <param name="symbols">Symbols in the order of their codes.</param>
    /// <param name="jumps">Whether <see cref="Jumps"/> is needed: for AC tables.</param>
    public bool TryBuild(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols, bool jumps)
    {
        IsBuilt = false;
        symbols.CopyTo(_symbols);
        Array.Clear(_short);
        var (code, index) = (0, 0);
        for (var length = 1; length <= LongestCode; length++)
        {
            _offsetOfLength[length] = index - code;
            for (var count = counts[length - 1]; count > 0; count--, code++, index++)
            {
                if (code >= 1 << length)
                {
                    return false;
                }

                if (length <= ShortCode)
                {
                    _short.AsSpan(code << (ShortCode - length), 1 << (ShortCode - length)).Fill((ushort)((length << 8) | symbols[index]));
                }
            }

            _endOfLength[length] = code;
            code <<= 1;
        }

        if (jumps)
        {
            BuildJumps();
        }

        return IsBuilt = true;
    }

    /// <summary>The symbol that the next 16 bits begin with.</summary>
    /// <returns>Code length in the bits from 8 on, symbol below; 0 when no code fits.</returns>
    public int Lookup(int next16Bits)
    {
        var found = _short[next16Bits >> (LongestCode - ShortCode)];
        return found != 0 ? found : LookupLong(next16Bits);
    }

    /// <summary>
    /// For each value of the next <see cref="JumpBits"/> bits, what they hold of complete AC symbols with their extra bits. Bits 0-7: bits to skip, 0
    /// when not one symbol is complete; 8-15: coefficients to skip; 16: the block ends there.
    /// </summary>
    public ref uint Jumps => ref MemoryMarshal.GetArrayDataReference(_jumps);

    private int LookupLong(int next16Bits)
    {
        for (var length = ShortCode + 1; length <= LongestCode; length++)
        {
            var code = next16Bits >> (LongestCode - length);
            if (code < _endOfLength[length])
            {
                return (length << 8) | _symbols[(code + _offsetOfLength[length]) & 0xFF];
            }
        }

        return 0;
    }

    private void BuildJumps()
    {
        for (var bits = 0; bits < _jumps.Length; bits++)
        {
            var (used, coefficients) = (0, 0);
            var ends = 0u;
            while (used < JumpBits && ends == 0)
            {
                var found = Lookup((bits << (LongestCode - JumpBits + used)) & 0xFFFF);
                var (run, size) = ((found >> 4) & 0xF, found & 0xF);
                var length = (found >> 8) + size;
                var isEnd = size == 0 && run != 15;
                if (found == 0 || used + length > JumpBits || coefficients + run + 1 > 63)
                {
                    break;
                }

                used += length;
                coefficients += isEnd ? 0 : run + 1;
                ends = isEnd ? 1u : 0u;
            }

            _jumps[bits] = (ends << 16) | ((uint)coefficients << 8) | (uint)used;
        }
    }
}
