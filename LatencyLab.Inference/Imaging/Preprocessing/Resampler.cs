using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LatencyLab.Inference.Imaging.Preprocessing;

/// <summary>
/// Resizes and crops 8-bit RGB with a triangle filter, equal to Pillow's <c>resize(..., BILINEAR)</c> followed by a crop: horizontal pass,
/// rounding to 8 bits, vertical pass. Computes only what the crop shows, and keeps only as many horizontally resized rows as one output row
/// needs, so that the scratch memory stays in the cache. Allocates only when a picture needs larger buffers than any before it.
/// </summary>
internal sealed class Resampler
{
    private const int Rounding = 1 << (TriangleWeights.FractionBits - 1);

    private readonly TriangleWeights _horizontal = new();
    private readonly TriangleWeights _vertical = new();
    private byte[] _rows = [];
    private byte[] _lastSourceRow = [];
    private int[] _rowOffsets = [];

    /// <summary>Bytes from one output row to the next: rows are padded to whole vectors.</summary>
    public static int Stride(int widthPx) => ((widthPx * 3) + Vector128<byte>.Count) & -Vector128<byte>.Count;

    /// <summary>Writes the wanted part of the resized picture.</summary>
    /// <param name="rgb">Source pixels, interleaved, rows packed.</param>
    /// <param name="horizontal">Columns of the source and of the result.</param>
    /// <param name="vertical">Rows of the source and of the result.</param>
    /// <param name="antialias">Whether the filter widens when shrinking.</param>
    /// <param name="output">Result rows, <see cref="Stride"/> bytes apart.</param>
    public void Resample(ReadOnlySpan<byte> rgb, in ResampledAxis horizontal, in ResampledAxis vertical, bool antialias, Span<byte> output)
    {
        _horizontal.Prepare(horizontal, antialias);
        _vertical.Prepare(vertical, antialias);
        var stride = Stride(horizontal.Count);
        var kept = Math.Min(_vertical.MaxTaps, vertical.Source);
        Grow(ref _rows, kept * stride);
        Grow(ref _rowOffsets, kept);

        var next = _vertical.Starts[0];
        for (var y = 0; y < vertical.Count; y++)
        {
            var start = _vertical.Starts[y];
            var count = _vertical.Counts[y];
            for (next = Math.Max(next, start); next < start + count; next++)
            {
                ResampleColumns(ReadableRow(rgb, horizontal.Source * 3, next, vertical.Source), _rows.AsSpan(next % kept * stride, stride));
            }

            for (var tap = 0; tap < count; tap++)
            {
                _rowOffsets[tap] = (start + tap) % kept * stride;
            }

            ResampleRows(_rowOffsets.AsSpan(0, count), _vertical.Weights.Slice(y * _vertical.MaxTaps, count), output.Slice(y * stride, stride));
        }
    }

    /// <summary>A pixel is read as four bytes, of which the last row's last pixel has only three: that row is read from a longer copy.</summary>
    private ReadOnlySpan<byte> ReadableRow(ReadOnlySpan<byte> rgb, int rowBytes, int row, int rows)
    {
        if (row < rows - 1)
        {
            return rgb.Slice(row * rowBytes, rowBytes + 1);
        }

        Grow(ref _lastSourceRow, rowBytes + 1);
        rgb.Slice(row * rowBytes, rowBytes).CopyTo(_lastSourceRow);
        return _lastSourceRow.AsSpan(0, rowBytes + 1);
    }

    private void ResampleColumns(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var starts = _horizontal.Starts;
        var counts = _horizontal.Counts;
        var weights = _horizontal.Weights;
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        for (var x = 0; x < starts.Length; x++)
        {
            ref var pixel = ref Unsafe.Add(ref from, starts[x] * 3);
            var taps = weights.Slice(x * _horizontal.MaxTaps, counts[x]);
            var sum = Vector128.Create(Rounding);
            foreach (var weight in taps)
            {
                var channels = Vector128.CreateScalar(Unsafe.ReadUnaligned<uint>(ref pixel)).AsByte();
                sum += Vector128.WidenLower(Vector128.WidenLower(channels)).AsInt32() * weight;
                pixel = ref Unsafe.Add(ref pixel, 3);
            }

            var rounded = (sum >>> TriangleWeights.FractionBits).AsUInt32();
            var narrow = Vector128.Narrow(rounded, rounded);
            // The fourth byte is overwritten by the next pixel, or falls into the row's padding.
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, x * 3), Vector128.Narrow(narrow, narrow).AsUInt32().ToScalar());
        }
    }

    private void ResampleRows(ReadOnlySpan<int> rowOffsets, ReadOnlySpan<int> weights, Span<byte> target)
    {
        ref var rows = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref var to = ref MemoryMarshal.GetReference(target);
        for (var x = 0; x < target.Length; x += Vector128<byte>.Count)
        {
            var (sum0, sum1, sum2, sum3) = (Vector128.Create(Rounding), Vector128.Create(Rounding), Vector128.Create(Rounding), Vector128.Create(Rounding));
            for (var tap = 0; tap < rowOffsets.Length; tap++)
            {
                var weight = Vector128.Create(weights[tap]);
                var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref rows, (nuint)(rowOffsets[tap] + x)));
                sum0 += Vector128.WidenLower(low).AsInt32() * weight;
                sum1 += Vector128.WidenUpper(low).AsInt32() * weight;
                sum2 += Vector128.WidenLower(high).AsInt32() * weight;
                sum3 += Vector128.WidenUpper(high).AsInt32() * weight;
            }

            var lower = Vector128.Narrow(Rounded(sum0), Rounded(sum1));
            var upper = Vector128.Narrow(Rounded(sum2), Rounded(sum3));
            Vector128.Narrow(lower, upper).StoreUnsafe(ref to, (nuint)x);
        }

        static Vector128<uint> Rounded(Vector128<int> sum) => (sum >>> TriangleWeights.FractionBits).AsUInt32();
    }

    private static void Grow<T>(ref T[] array, int length)
    {
        if (array.Length < length)
        {
            array = new T[length];
        }
    }
}
