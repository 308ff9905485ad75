using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LatencyLab.Inference.Imaging.Preprocessing;

/// <summary>8-bit interleaved RGB to float planes: <c>x = (rgb / 255 - mean) / std</c>, as one multiplication and one addition.</summary>
internal sealed class TensorNormalizer
{
    private readonly float[] _scale = new float[3];
    private readonly float[] _offset = new float[3];

    public TensorNormalizer(ReadOnlySpan<float> mean, ReadOnlySpan<float> std)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            _scale[channel] = (float)(1 / (255.0 * std[channel]));
            _offset[channel] = (float)(-(double)mean[channel] / std[channel]);
        }
    }

    /// <summary>Writes all three planes.</summary>
    /// <param name="rgb">Rows of pixels, <paramref name="stride"/> bytes apart.</param>
    /// <param name="stride">Bytes from row to row, at least 3 x width.</param>
    /// <param name="widthPx">Width in pixels.</param>
    /// <param name="heightPx">Height in pixels.</param>
    /// <param name="tensor">NCHW, 3 x height x width.</param>
    public void Write(ReadOnlySpan<byte> rgb, int stride, int widthPx, int heightPx, Span<float> tensor)
    {
        var plane = widthPx * heightPx;
        for (var y = 0; y < heightPx; y++)
        {
            var row = rgb.Slice(y * stride, widthPx * 3);
            var red = tensor.Slice(y * widthPx, widthPx);
            var green = tensor.Slice(plane + (y * widthPx), widthPx);
            var blue = tensor.Slice((2 * plane) + (y * widthPx), widthPx);
            WriteRow(row, red, green, blue);
        }
    }

    private void WriteRow(ReadOnlySpan<byte> row, Span<float> red, Span<float> green, Span<float> blue)
    {
        var step = Vector128<byte>.Count;
        if (red.Length < step)
        {
            WriteFewPixels(row, red, green, blue);
            return;
        }

        ref var from = ref MemoryMarshal.GetReference(row);
        for (var x = 0; x < red.Length; x += step)
        {
            // The last group overlaps the one before it rather than reach past the row.
            x = Math.Min(x, red.Length - step);
            ref var pixels = ref Unsafe.Add(ref from, x * 3);
            var a = Vector128.LoadUnsafe(ref pixels);
            var b = Vector128.LoadUnsafe(ref pixels, 16);
            var c = Vector128.LoadUnsafe(ref pixels, 32);
            // Index 255 lies outside the vector and gives zero.
            WriteChannel(
                Vector128.Shuffle(a, Vector128.Create((byte)0, 3, 6, 9, 12, 15, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255))
                | Vector128.Shuffle(b, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 2, 5, 8, 11, 14, 255, 255, 255, 255, 255))
                | Vector128.Shuffle(c, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 4, 7, 10, 13)),
                0, red.Slice(x, step));
            WriteChannel(
                Vector128.Shuffle(a, Vector128.Create((byte)1, 4, 7, 10, 13, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255))
                | Vector128.Shuffle(b, Vector128.Create((byte)255, 255, 255, 255, 255, 0, 3, 6, 9, 12, 15, 255, 255, 255, 255, 255))
                | Vector128.Shuffle(c, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 2, 5, 8, 11, 14)),
                1, green.Slice(x, step));
            WriteChannel(
                Vector128.Shuffle(a, Vector128.Create((byte)2, 5, 8, 11, 14, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255))
                | Vector128.Shuffle(b, Vector128.Create((byte)255, 255, 255, 255, 255, 1, 4, 7, 10, 13, 255, 255, 255, 255, 255, 255))
                | Vector128.Shuffle(c, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 3, 6, 9, 12, 15)),
                2, blue.Slice(x, step));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteChannel(Vector128<byte> values, int channel, Span<float> target)
    {
        var scale = Vector128.Create(_scale[channel]);
        var offset = Vector128.Create(_offset[channel]);
        ref var to = ref MemoryMarshal.GetReference(target);
        var (low, high) = Vector128.Widen(values);
        Normalized(Vector128.WidenLower(low)).StoreUnsafe(ref to);
        Normalized(Vector128.WidenUpper(low)).StoreUnsafe(ref to, 4);
        Normalized(Vector128.WidenLower(high)).StoreUnsafe(ref to, 8);
        Normalized(Vector128.WidenUpper(high)).StoreUnsafe(ref to, 12);

        Vector128<float> Normalized(Vector128<uint> value) =>
            Vector128.FusedMultiplyAdd(Vector128.ConvertToSingle(value.AsInt32()), scale, offset);
    }

    private void WriteFewPixels(ReadOnlySpan<byte> row, Span<float> red, Span<float> green, Span<float> blue)
    {
        for (var x = 0; x < red.Length; x++)
        {
            red[x] = float.FusedMultiplyAdd(row[3 * x], _scale[0], _offset[0]);
            green[x] = float.FusedMultiplyAdd(row[(3 * x) + 1], _scale[1], _offset[1]);
            blue[x] = float.FusedMultiplyAdd(row[(3 * x) + 2], _scale[2], _offset[2]);
        }
    }
}
