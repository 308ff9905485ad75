using System.Buffers.Binary;

namespace LatencyLab.Inference.Imaging.Jpeg;

/// <summary>Reads the headers up to the entropy-coded data. Anything out of the ordinary gives null: a full decoder then takes over.</summary>
internal ref struct JpegFrameReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int[]?[] _steps = new int[]?[4];
    private readonly HuffmanCode?[] _dc = new HuffmanCode?[4];
    private readonly HuffmanCode?[] _ac = new HuffmanCode?[4];
    private ReadOnlySpan<byte> _frame;
    private int _restartInterval;
    private bool _rgb;

    private JpegFrameReader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    public static JpegFrame? Read(ReadOnlySpan<byte> bytes) => new JpegFrameReader(bytes).Read();

    private JpegFrame? Read()
    {
        var at = 2;
        while (at + 4 <= _bytes.Length && _bytes[at] == 0xFF)
        {
            var marker = _bytes[at + 1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(_bytes[(at + 2)..]);
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (length < 2 || at + 2 + length > _bytes.Length)
            {
                return null;
            }

            var segment = _bytes.Slice(at + 4, length - 2);
            at += 2 + length;
            if (marker == 0xDA)
            {
                return Scan(segment, at);
            }

            if (!Take(marker, segment))
            {
                return null;
            }
        }

        return null;
    }

    private bool Take(byte marker, ReadOnlySpan<byte> segment)
    {
        switch (marker)
        {
            case 0xC0 or 0xC1 when _frame.IsEmpty:
                _frame = segment;
                return true;
            case 0xC4:
                return TakeCodes(segment);
            case 0xDB:
                return TakeSteps(segment);
            case 0xDD when segment.Length == 2:
                _restartInterval = BinaryPrimitives.ReadUInt16BigEndian(segment);
                return true;
            case 0xEE when segment.Length >= 12 && segment.StartsWith("Adobe"u8):
                _rgb = segment[11] == 0;
                return true;
            default:
                // Application segments and comments; every other frame type and marker is left to the full decoder.
                return marker is (>= 0xE0 and <= 0xEF) or 0xFE;
        }
    }

    private readonly bool TakeCodes(ReadOnlySpan<byte> segment)
    {
        while (segment.Length >= 17)
        {
            var (kind, slot) = (segment[0] >> 4, segment[0] & 0xF);
            var counts = segment.Slice(1, 16);
            var symbols = 0;
            foreach (var count in counts)
            {
                symbols += count;
            }

            if (kind > 1 || slot > 3 || symbols > 256 || segment.Length < 17 + symbols
                || HuffmanCodeCache.Get(segment.Slice(1, 16 + symbols)) is not { } code)
            {
                return false;
            }

            (kind == 0 ? _dc : _ac)[slot] = code;
            segment = segment[(17 + symbols)..];
        }

        return segment.IsEmpty;
    }

    private readonly bool TakeSteps(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            var (wide, slot) = (segment[0] >> 4 == 1, segment[0] & 0xF);
            var length = wide ? 129 : 65;
            if (segment[0] >> 4 > 1 || slot > 3 || segment.Length < length)
            {
                return false;
            }

            var steps = _steps[slot] = new int[JpegComponent.KnownSteps];
            for (var i = 0; i < steps.Length; i++)
            {
                steps[i] = wide ? BinaryPrimitives.ReadUInt16BigEndian(segment[(1 + (2 * i))..]) : segment[1 + i];
            }

            segment = segment[length..];
        }

        return true;
    }

    private readonly JpegFrame? Scan(ReadOnlySpan<byte> scan, int offset)
    {
        if (_frame.Length < 9 || _rgb || scan.Length < 1)
        {
            return null;
        }

        var count = _frame[5];
        var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(_frame[1..]), BinaryPrimitives.ReadUInt16BigEndian(_frame[3..]));
        var whole = _frame[0] == 8 && count is 1 or 3 && _frame.Length == 6 + (3 * count) && scan.Length == 4 + (2 * count) && scan[0] == count
            && width > 0 && height > 0 && scan[^3] == 0 && scan[^2] == 63 && scan[^1] == 0;
        if (!whole)
        {
            return null;
        }

        var components = new JpegComponent[count];
        for (var i = 0; i < count; i++)
        {
            if (Component(_frame.Slice(6 + (3 * i), 3), scan.Slice(1 + (2 * i), 2), alone: count == 1) is not { } component)
            {
                return null;
            }

            components[i] = component;
        }

        var usual = components[0] is { Across: 1 or 2, Down: 1 or 2 } && components.Skip(1).All(chroma => chroma is { Across: 1, Down: 1 });
        return !usual ? null : new JpegFrame
        {
            WidthPx = width, HeightPx = height, Components = components, RestartInterval = _restartInterval, ScanOffset = offset,
        };
    }

    // The components R, G, B by name are no YCbCr; they are left to the full decoder.
    private readonly JpegComponent? Component(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> scan, bool alone)
    {
        var (sampling, dcSlot, acSlot) = (frame[1], scan[1] >> 4, scan[1] & 0xF);
        if (frame[0] != scan[0] || frame[0] is (byte)'R' or (byte)'G' or (byte)'B' || frame[2] > 3 || dcSlot > 3 || acSlot > 3
            || _steps[frame[2]] is not { } steps || _dc[dcSlot] is not { } dc || _ac[acSlot] is not { } ac)
        {
            return null;
        }

        // A component alone is coded block by block, whatever its sampling says.
        return alone ? new JpegComponent(1, 1, steps, dc, ac) : new JpegComponent(sampling >> 4, sampling & 0xF, steps, dc, ac);
    }
}
