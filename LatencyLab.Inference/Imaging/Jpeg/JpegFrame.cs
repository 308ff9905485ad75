using System.Buffers.Binary;

namespace LatencyLab.Inference.Imaging.Jpeg;

/// <summary>
/// The headers of a plain JPEG: baseline Huffman, 8 bits, grey or YCbCr, one scan. Everything else (progressive, CMYK, odd sampling) is left to the
/// general decoder. One instance is filled again for each picture.
/// </summary>
internal sealed class JpegFrame
{
    private readonly ushort[][] _quantization = [new ushort[3], new ushort[3], new ushort[3], new ushort[3]];
    private readonly HuffmanTable[] _dc = [new(), new(), new(), new()];
    private readonly HuffmanTable[] _ac = [new(), new(), new(), new()];
    private readonly JpegComponent[] _components = new JpegComponent[3];

    public int WidthPx { get; private set; }

    public int HeightPx { get; private set; }

    /// <summary>MCUs between restart markers; 0 for none.</summary>
    public int RestartInterval { get; private set; }

    /// <summary>Luma blocks of one MCU, horizontally and vertically; 1 or 2.</summary>
    public (int X, int Y) LumaBlocks => (_components[0].BlocksX, _components[0].BlocksY);

    /// <summary>One for grey, three for YCbCr.</summary>
    public ReadOnlySpan<JpegComponent> Components => _components.AsSpan(0, ComponentCount);

    private int ComponentCount { get; set; }

    public HuffmanTable Dc(in JpegComponent component) => _dc[component.DcTable];

    public HuffmanTable Ac(in JpegComponent component) => _ac[component.AcTable];

    /// <summary>Steps of the coefficients (0,0), of the two beside it, and of (1,1).</summary>
    public (int Mean, int Beside, int Below, int Diagonal) Steps(in JpegComponent component)
    {
        var steps = _quantization[component.Quantization];
        return (steps[0], steps[1], steps[2], _diagonal[component.Quantization]);
    }

    private readonly ushort[] _diagonal = new ushort[4];

    /// <summary>Reads up to the scan.</summary>
    /// <returns>The offset of the first entropy-coded byte, or -1 when the file is not of the plain kind.</returns>
    public int Parse(ReadOnlySpan<byte> encoded)
    {
        (ComponentCount, RestartInterval) = (0, 0);
        var position = 2;
        while (position + 4 <= encoded.Length && encoded[position] == 0xFF)
        {
            var marker = encoded[position + 1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(encoded[(position + 2)..]);
            if (length < 2 || position + 2 + length > encoded.Length)
            {
                return -1;
            }

            var body = encoded.Slice(position + 4, length - 2);
            position += 2 + length;
            var understood = marker switch
            {
                0xC0 or 0xC1 => ReadFrame(body),
                0xC4 => ReadHuffman(body),
                0xDB => ReadQuantization(body),
                0xDD => ReadRestartInterval(body),
                0xDA => ReadScan(body),
                0xEE => ReadAdobe(body),
                >= 0xE0 and <= 0xEF or 0xFE => true,
                _ => false,
            };
            if (!understood || marker == 0xDA)
            {
                return understood ? position : -1;
            }
        }

        return -1;
    }

    private bool ReadFrame(ReadOnlySpan<byte> body)
    {
        if (body.Length < 6 || body[0] != 8 || body[5] is not (1 or 3) || body.Length < 6 + (3 * body[5]))
        {
            return false;
        }

        HeightPx = BinaryPrimitives.ReadUInt16BigEndian(body[1..]);
        WidthPx = BinaryPrimitives.ReadUInt16BigEndian(body[3..]);
        ComponentCount = body[5];
        for (var index = 0; index < ComponentCount; index++)
        {
            var entry = body.Slice(6 + (3 * index), 3);
            // A single component is never interleaved: its MCU is one block, whatever the sampling says.
            var (x, y) = ComponentCount == 1 ? (1, 1) : (entry[1] >> 4, entry[1] & 0xF);
            if (x is not (1 or 2) || y is not (1 or 2) || (index > 0 && (x, y) != (1, 1)) || entry[2] > 3)
            {
                return false;
            }

            _components[index] = new JpegComponent(entry[0], x, y, entry[2], 0, 0);
        }

        // Three components called R, G, B are what they say.
        return WidthPx > 0 && HeightPx > 0 && !(ComponentCount == 3 && _components[0].Id == 'R');
    }

    private bool ReadHuffman(ReadOnlySpan<byte> body)
    {
        while (!body.IsEmpty)
        {
            if (body.Length < 17 || (body[0] & 0xF) > 3 || body[0] >> 4 > 1)
            {
                return false;
            }

            var total = 0;
            foreach (var count in body.Slice(1, 16))
            {
                total += count;
            }

            var isAc = body[0] >> 4 == 1;
            var table = (isAc ? _ac : _dc)[body[0] & 0xF];
            if (total > 256 || body.Length < 17 + total || !table.TryBuild(body.Slice(1, 16), body.Slice(17, total), jumps: isAc))
            {
                return false;
            }

            body = body[(17 + total)..];
        }

        return true;
    }

    private bool ReadQuantization(ReadOnlySpan<byte> body)
    {
        while (!body.IsEmpty)
        {
            var (bytes, index) = ((body[0] >> 4) + 1, body[0] & 0xF);
            if (bytes > 2 || index > 3 || body.Length < 1 + (64 * bytes))
            {
                return false;
            }

            for (var step = 0; step < 5; step++)
            {
                var value = bytes == 1 ? body[1 + step] : BinaryPrimitives.ReadUInt16BigEndian(body[(1 + (2 * step))..]);
                if (step < 3)
                {
                    _quantization[index][step] = value;
                }

                _diagonal[index] = value;
            }

            body = body[(1 + (64 * bytes))..];
        }

        return true;
    }

    private bool ReadRestartInterval(ReadOnlySpan<byte> body)
    {
        RestartInterval = body.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(body) : 0;
        return body.Length >= 2;
    }

    private bool ReadScan(ReadOnlySpan<byte> body)
    {
        if (ComponentCount == 0 || body.Length < 4 + (2 * ComponentCount) || body[0] != ComponentCount)
        {
            return false;
        }

        for (var index = 0; index < ComponentCount; index++)
        {
            var (id, tables) = (body[1 + (2 * index)], body[2 + (2 * index)]);
            var component = _components[index] with { DcTable = (tables >> 4) & 3, AcTable = tables & 3 };
            if (id != component.Id || !_dc[component.DcTable].IsBuilt || !_ac[component.AcTable].IsBuilt)
            {
                return false;
            }

            _components[index] = component;
        }

        return true;
    }

    /// <summary>Adobe's marker may say that three components are not YCbCr.</summary>
    private static bool ReadAdobe(ReadOnlySpan<byte> body) => body.Length < 12 || !body.StartsWith("Adobe"u8) || body[11] == 1;
}

/// <summary>One component: its blocks in an MCU and its tables.</summary>
internal readonly record struct JpegComponent(byte Id, int BlocksX, int BlocksY, int Quantization, int DcTable, int AcTable);
