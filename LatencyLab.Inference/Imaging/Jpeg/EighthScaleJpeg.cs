using System.Buffers;
using System.Runtime.CompilerServices;

namespace LatencyLab.Inference.Imaging.Jpeg;

/// <summary>
/// Decodes a plain JPEG at an eighth of its size several times faster than a general decoder can: a luma block becomes one pixel, its mean, and the
/// values of its other 63 coefficients are skipped many at a time. Chroma that is stored at half the size is read a little further, to the
/// coefficients that tell the four quarters of a block apart.
/// </summary>
internal static class EighthScaleJpeg
{
    /// <summary>Side of the block that becomes one pixel.</summary>
    public const int Divisor = 8;

    // Mean of the first cosine over half a block, times the transform's factors for one and for two such directions.
    private const float Beside = 0.113266f;
    private const float Diagonal = 0.102632f;

    [ThreadStatic]
    private static JpegFrame? _frame;

    /// <summary>Decodes, if the file is of the plain kind and intact.</summary>
    /// <param name="encoded">A JPEG file.</param>
    /// <param name="orientation">EXIF orientation, 1 to 8, to turn the picture upright.</param>
    /// <returns>The picture, or null: then the general decoder has the word, also on what is wrong.</returns>
    public static RgbImage? TryDecode(ReadOnlySpan<byte> encoded, int orientation)
    {
        var frame = _frame ??= new JpegFrame();
        var scanStart = frame.Parse(encoded);
        if (scanStart < 0)
        {
            return null;
        }

        var (lumaX, lumaY) = frame.LumaBlocks;
        var mcusX = DivideUp(frame.WidthPx, Divisor * lumaX);
        var mcusY = DivideUp(frame.HeightPx, Divisor * lumaY);
        var (stride, plane) = (mcusX * lumaX, mcusX * lumaX * mcusY * lumaY);
        var planes = ArrayPool<byte>.Shared.Rent(plane * frame.Components.Length);
        try
        {
            return TryDecodeScan(frame, encoded[scanStart..], mcusX, mcusY, planes, plane)
                ? PooledRgbImage.FromPlanes(
                    planes, plane, stride, DivideUp(frame.WidthPx, Divisor), DivideUp(frame.HeightPx, Divisor), frame.Components.Length == 3, orientation)
                : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(planes);
        }
    }

    // Called once a picture and long in its loop: without the attribute it would stay in half-optimized code for the first pictures.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryDecodeScan(JpegFrame frame, ReadOnlySpan<byte> scan, int mcusX, int mcusY, Span<byte> planes, int plane)
    {
        var bits = new JpegBits(scan);
        var (lumaX, lumaY) = frame.LumaBlocks;
        var stride = mcusX * lumaX;
        Span<int> means = stackalloc int[3];
        means.Clear();
        var components = frame.Components;
        var untilRestart = frame.RestartInterval;
        for (var mcu = 0; mcu < mcusX * mcusY; mcu++)
        {
            if (frame.RestartInterval > 0 && untilRestart-- == 0)
            {
                if (!bits.TryRestart())
                {
                    return false;
                }

                means.Clear();
                untilRestart = frame.RestartInterval - 1;
            }

            var corner = (mcu / mcusX * lumaY * stride) + (mcu % mcusX * lumaX);
            for (var index = 0; index < components.Length; index++)
            {
                ref readonly var component = ref components[index];
                for (var block = 0; block < component.BlocksX * component.BlocksY; block++)
                {
                    var place = corner + (block / component.BlocksX * stride) + (block % component.BlocksX);
                    var shared = index > 0 && lumaX * lumaY > 1;
                    var target = planes[((index * plane) + place)..];
                    if (!TryDecodeBlock(ref bits, frame, component, ref means[index], shared ? (lumaX, lumaY) : (1, 1), target, stride))
                    {
                        return false;
                    }
                }
            }

            if (bits.Overrun)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>One block to one pixel, or to as many pixels as the luma blocks that it covers.</summary>
    private static bool TryDecodeBlock(
        ref JpegBits bits, JpegFrame frame, in JpegComponent component, ref int mean, (int X, int Y) covers, Span<byte> target, int stride)
    {
        bits.Refill();
        var found = frame.Dc(component).Lookup(bits.Peek(16));
        if (found == 0 || (found & 0xFF) > 11)
        {
            return false;
        }

        bits.Skip(found >> 8);
        mean += bits.ReadSigned(found & 0xFF);
        if (covers == (1, 1))
        {
            target[0] = Level(((mean * frame.Steps(component).Mean) + 4) >> 3);
            return bits.SkipBlock(frame.Ac(component), 1) == 64;
        }

        return TryDecodeQuarters(ref bits, frame, component, mean, covers, target, stride);
    }

    /// <summary>The coefficients that tell the quarters of a block apart, and the quarters' means from them.</summary>
    private static bool TryDecodeQuarters(
        ref JpegBits bits, JpegFrame frame, in JpegComponent component, int mean, (int X, int Y) covers, Span<byte> target, int stride)
    {
        var ac = frame.Ac(component);
        Span<int> values = stackalloc int[5];
        values.Clear();
        var next = 1;
        while (next <= 4)
        {
            bits.Refill();
            if (!TryReadOne(ref bits, ac, ref next, values))
            {
                return false;
            }
        }

        var steps = frame.Steps(component);
        var centre = mean * steps.Mean / 8f;
        var across = covers.X == 2 ? values[1] * steps.Beside * Beside : 0;
        var down = covers.Y == 2 ? values[2] * steps.Below * Beside : 0;
        var diagonal = covers == (2, 2) ? values[4] * steps.Diagonal * Diagonal : 0;
        for (var y = 0; y < covers.Y; y++)
        {
            for (var x = 0; x < covers.X; x++)
            {
                var value = centre + (x == 0 ? across : -across) + (y == 0 ? down : -down) + (x == y ? diagonal : -diagonal);
                target[(y * stride) + x] = Level((int)MathF.Round(value));
            }
        }

        return next == 64 || bits.SkipBlock(ac, next) == 64;
    }

    /// <summary>One AC symbol; its value is kept if there is a place for it.</summary>
    private static bool TryReadOne(ref JpegBits bits, HuffmanTable ac, ref int next, scoped Span<int> values)
    {
        var found = ac.Lookup(bits.Peek(16));
        if (found == 0)
        {
            return false;
        }

        bits.Skip(found >> 8);
        var (run, size) = ((found >> 4) & 0xF, found & 0xF);
        if (size == 0)
        {
            next = run == 15 ? next + 16 : 64;
            return next <= 64;
        }

        next += run;
        var value = bits.ReadSigned(size);
        if (next < values.Length)
        {
            values[next] = value;
        }

        next++;
        return next <= 64;
    }

    private static byte Level(int value) => (byte)Math.Clamp(value + 128, 0, 255);

    private static int DivideUp(int number, int divisor) => (number + divisor - 1) / divisor;
}
