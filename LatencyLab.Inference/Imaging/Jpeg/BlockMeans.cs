using System.Buffers.Binary;

namespace LatencyLab.Inference.Imaging.Jpeg;

/// <summary>
/// Decodes the mean of every 8x8 block of luma and, where chroma is stored at half the size, the means of the quarters of its blocks:
/// every component at an eighth of the picture's size.
/// </summary>
internal sealed class BlockMeans
{
    private const int LastCoefficient = 63;
    private const int BitsAhead = 57;

    private readonly JpegFrame _frame;
    private readonly UnitBlock[] _blocks;

    private BlockMeans(JpegFrame frame, byte[][] planes)
    {
        _frame = frame;
        _blocks = new UnitBlock[frame.Components.Sum(component => component.Across * component.Down)];
        var filled = 0;
        for (var i = 0; i < frame.Components.Count; i++)
        {
            var component = frame.Components[i];
            for (var place = 0; place < component.Across * component.Down; place++)
            {
                _blocks[filled++] = new UnitBlock(frame, i, planes[i], place % component.Across, place / component.Across);
            }
        }
    }

    /// <summary>Fills one plane of <see cref="JpegFrame.PlaneLength"/> levels, 0 to 255, a component.</summary>
    /// <returns>Whether the data were flawless: every code known, every interval exactly used up.</returns>
    public static bool Decode(JpegFrame frame, EntropyCodedData data, byte[][] planes)
    {
        var units = frame.UnitsAcross * frame.UnitsDown;
        var interval = frame.RestartInterval == 0 ? units : frame.RestartInterval;
        if (data.Ends.Count != (units + interval - 1) / interval)
        {
            return false;
        }

        var means = new BlockMeans(frame, planes);
        var startByte = 0;
        for (var i = 0; i < data.Ends.Count; i++)
        {
            var first = i * interval;
            if (!means.DecodeInterval(data.Bytes, startByte, data.Ends[i], first, Math.Min(units, first + interval)))
            {
                return false;
            }

            startByte = data.Ends[i];
        }

        return true;
    }

    private bool DecodeInterval(ReadOnlySpan<byte> bytes, int startByte, int endByte, int first, int end)
    {
        Span<int> sums = stackalloc int[3];
        sums.Clear();
        var (bit, endBit) = ((long)startByte * 8, (long)endByte * 8);
        var (row, column) = Math.DivRem(first, _frame.UnitsAcross);
        for (var unit = first; unit < end; unit++)
        {
            foreach (var block in _blocks)
            {
                var next = Next(bytes, bit);
                var (difference, bits) = block.Dc.Read(next);
                if (bit >= endBit || bits == 0)
                {
                    return false;
                }

                ref var sum = ref sums[block.Component];
                sum += difference;
                bit += bits;
                bit = block.HasQuarters
                    ? DecodeQuarters(block, bytes, bit, next << bits, sum, row, column)
                    : DecodeWhole(block, bytes, bit, next << bits, sum, row, column);
                if (bit < 0)
                {
                    return false;
                }
            }

            if (++column == _frame.UnitsAcross)
            {
                (row, column) = (row + 1, 0);
            }
        }

        return bit <= endBit && endBit - bit < 8;
    }

    private static long DecodeWhole(UnitBlock block, ReadOnlySpan<byte> bytes, long bit, ulong next, int mean, int row, int column)
    {
        block.Set(row, column, mean);
        // The bits at hand serve the first look-up, too: most blocks need no more.
        var entry = block.Ac.Look(next);
        return entry is { EndsBlock: true, Coefficients: < LastCoefficient } ? bit + entry.Bits : SkipCoefficients(block.Ac, bytes, bit, 0);
    }

    /// <returns>The bit after the block; negative where the data make no sense.</returns>
    private static long DecodeQuarters(UnitBlock block, ReadOnlySpan<byte> bytes, long bit, ulong next, int mean, int row, int column)
    {
        Span<int> first = [mean, 0, 0, 0, 0];
        for (var coefficient = 0; ; next = Next(bytes, bit))
        {
            if (coefficient >= first.Length - 1)
            {
                block.SetQuarters(row, column, first);
                return SkipCoefficients(block.Ac, bytes, bit, coefficient);
            }

            var (reach, bits, valueBits) = block.Ac.ReadOne(next);
            bit += bits;
            coefficient += reach;
            if (reach < 0)
            {
                return -1;
            }

            if (reach == 0)
            {
                block.SetQuarters(row, column, first);
                return bit;
            }

            if (coefficient < first.Length)
            {
                first[coefficient] = MeanTable.Value(next << (bits - valueBits), valueBits);
            }
        }
    }

    /// <returns>The bit after the block; negative where the data make no sense.</returns>
    private static long SkipCoefficients(SkippingTable code, ReadOnlySpan<byte> bytes, long bit, int coefficient)
    {
        var (next, ahead) = (Next(bytes, bit), BitsAhead);
        while (coefficient < LastCoefficient)
        {
            var entry = code.Look(next);
            var passed = coefficient + entry.Coefficients;
            if (passed < LastCoefficient)
            {
                bit += entry.Bits;
                ahead -= entry.Bits;
                coefficient = passed;
                if (entry.EndsBlock)
                {
                    return bit;
                }

                if (ahead >= SkippingTable.IndexBits)
                {
                    next <<= entry.Bits;
                    continue;
                }
            }
            else
            {
                // Near the block's end a look-up might reach into the next block.
                var (reach, bits, _) = code.ReadOne(Next(bytes, bit));
                bit += bits;
                coefficient += reach;
                if (reach <= 0)
                {
                    return reach == 0 ? bit : -1;
                }
            }

            (next, ahead) = (Next(bytes, bit), BitsAhead);
        }

        return coefficient == LastCoefficient ? bit : -1;
    }

    // The first BitsAhead bits are those from a position on.
    private static ulong Next(ReadOnlySpan<byte> bytes, long bit) =>
        BinaryPrimitives.ReadUInt64BigEndian(bytes[(int)(bit >> 3)..]) << (int)(bit & 7);
}
