using System.Buffers.Binary;

namespace LatencyLab.Inference.Imaging.Jpeg;

/// <summary>Decodes only the mean of every 8x8 block: each component at an eighth of its size.</summary>
internal sealed class BlockMeans
{
    private const int LastCoefficient = 63;

    private readonly JpegFrame _frame;
    private readonly UnitBlock[] _blocks;

    private BlockMeans(JpegFrame frame, byte[][] planes)
    {
        _frame = frame;
        _blocks = [.. frame.Components.SelectMany((component, i) =>
            from y in Enumerable.Range(0, component.Down)
            from x in Enumerable.Range(0, component.Across)
            select new UnitBlock(frame, component, i, planes[i], x, y))];
    }

    /// <summary>Fills one plane a component: levels 0 to 255, rows of <see cref="JpegFrame.UnitsAcross"/> times the component's blocks.</summary>
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
                if (bit >= endBit)
                {
                    return false;
                }

                var next = Next(bytes, bit);
                var (difference, bits) = block.Dc.Read(next);
                if (bits == 0)
                {
                    return false;
                }

                sums[block.Component] += difference;
                block.Plane[block.OffsetOf(row, column)] = block.Level(sums[block.Component]);
                bit += bits;

                // The bits at hand serve the first look-up, too: most blocks need no more.
                var entry = block.Ac.Look(next << bits);
                if (entry is { EndsBlock: true, Coefficients: < LastCoefficient })
                {
                    bit += entry.Bits;
                }
                else if ((bit = SkipCoefficients(block.Ac, bytes, bit)) < 0)
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

    /// <returns>The bit after the block; negative where the data make no sense.</returns>
    private static long SkipCoefficients(SkippingTable code, ReadOnlySpan<byte> bytes, long bit)
    {
        for (var coefficient = 0; coefficient < LastCoefficient;)
        {
            var next = Next(bytes, bit);
            var entry = code.Look(next);
            if (coefficient + entry.Coefficients < LastCoefficient)
            {
                bit += entry.Bits;
                coefficient += entry.Coefficients;
                if (entry is { EndsBlock: true, Coefficients: < LastCoefficient })
                {
                    return bit;
                }

                continue;
            }

            // Near the block's end a look-up might reach into the next block.
            var (reach, bits) = code.ReadOne(next);
            bit += bits;
            coefficient += reach;
            if (reach < 0 || coefficient > LastCoefficient)
            {
                return -1;
            }

            if (reach == 0)
            {
                return bit;
            }
        }

        return bit;
    }

    // At least 57 bits from a position on.
    private static ulong Next(ReadOnlySpan<byte> bytes, long bit) =>
        BinaryPrimitives.ReadUInt64BigEndian(bytes[(int)(bit >> 3)..]) << (int)(bit & 7);

    /// <summary>A block's place in every coded unit.</summary>
    private sealed class UnitBlock(JpegFrame frame, JpegComponent component, int index, byte[] plane, int x, int y)
    {
        private readonly int _stride = frame.UnitsAcross * component.Across;

        public int Component { get; } = index;

        public byte[] Plane { get; } = plane;

        public MeanTable Dc { get; } = component.Dc.Means;

        public SkippingTable Ac { get; } = component.Ac.Skipping;

        public int OffsetOf(int row, int column) => (((row * component.Down) + y) * _stride) + (column * component.Across) + x;

        public byte Level(int sum) => (byte)Math.Clamp((((sum * component.DcStep) + 4) >> 3) + 128, 0, 255);
    }
}
