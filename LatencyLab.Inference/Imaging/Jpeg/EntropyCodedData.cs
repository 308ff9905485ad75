using System.Buffers;

namespace LatencyLab.Inference.Imaging.Jpeg;

/// <summary>The bits of a scan without the stuffed zeros, divided at its restart markers. Dispose to give the memory back.</summary>
internal sealed class EntropyCodedData : IDisposable
{
    // A block at the very end may be read past the data by this much before the overrun is noticed.
    private const int PaddingBytes = (64 * 4) + 16;

    private readonly byte[] _bytes;
    private readonly List<int> _ends = [];

    private EntropyCodedData(int capacity) => _bytes = ArrayPool<byte>.Shared.Rent(capacity + PaddingBytes);

    /// <summary>Where each interval ends, in bytes.</summary>
    public IReadOnlyList<int> Ends => _ends;

    /// <summary>All intervals, one after the other, and padding.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads up to the end of the picture; null where another marker, or nothing, comes before it.</summary>
    public static EntropyCodedData? Read(ReadOnlySpan<byte> scan)
    {
        var data = new EntropyCodedData(scan.Length);
        if (data.Fill(scan))
        {
            return data;
        }

        data.Dispose();
        return null;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    private bool Fill(ReadOnlySpan<byte> scan)
    {
        var written = 0;
        while (true)
        {
            var plain = scan.IndexOf((byte)0xFF);
            if (plain < 0 || plain + 1 >= scan.Length)
            {
                return false;
            }

            scan[..plain].CopyTo(_bytes.AsSpan(written));
            written += plain;
            var marker = scan[plain + 1];
            if (marker == 0)
            {
                _bytes[written++] = 0xFF;
            }
            else if (marker == 0xD9)
            {
                _ends.Add(written);
                _bytes.AsSpan(written, PaddingBytes).Clear();
                return true;
            }
            else if (marker == 0xD0 + (_ends.Count % 8))
            {
                _ends.Add(written);
            }
            else
            {
                return false;
            }

            scan = scan[(plain + 2)..];
        }
    }
}
