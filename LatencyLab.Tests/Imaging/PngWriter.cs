using System.Buffers.Binary;
using System.IO.Compression;

namespace LatencyLab.Tests.Imaging;

/// <summary>Writes PNG files of any colour type and depth, valid or hostile, straight from the format's specification.</summary>
internal static class PngWriter
{
    public const int Grey = 0, Rgb = 2, Palette = 3, GreyAlpha = 4, Rgba = 6;

    /// <summary>A complete file. Rows hold packed samples (big-endian when 16-bit) and start at whole bytes; the palette holds R G B triples.</summary>
    public static byte[] Write(int widthPx, int heightPx, int colourType, int bitDepth, byte[] rows, byte[]? palette = null, byte[]? transparency = null)
    {
        var rowBytes = rows.Length / heightPx;
        var filtered = new byte[(rowBytes + 1) * heightPx];
        for (var y = 0; y < heightPx; y++)
        {
            rows.AsSpan(y * rowBytes, rowBytes).CopyTo(filtered.AsSpan((y * (rowBytes + 1)) + 1));
        }

        var file = Begin(widthPx, heightPx, colourType, bitDepth);
        if (palette is not null)
        {
            Chunk(file, "PLTE", palette);
        }

        if (transparency is not null)
        {
            Chunk(file, "tRNS", transparency);
        }

        Chunk(file, "IDAT", Deflate(new MemoryStream(filtered)));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    public static byte[] WriteRgb(Pixels pixels) => Write(pixels.WidthPx, pixels.HeightPx, Rgb, 8, pixels.Rgb);

    /// <summary>A tiny file that unfolds into black pixels without end.</summary>
    public static byte[] Bomb(int widthPx, int heightPx)
    {
        var file = Begin(widthPx, heightPx, Grey, bitDepth: 1);
        Chunk(file, "IDAT", Deflate(new MemoryStream(new byte[(((widthPx + 7) / 8) + 1) * heightPx])));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static MemoryStream Begin(int widthPx, int heightPx, int colourType, int bitDepth)
    {
        var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, widthPx);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), heightPx);
        header[8] = (byte)bitDepth;
        header[9] = (byte)colourType;
        Chunk(file, "IHDR", header);
        return file;
    }

    private static byte[] Deflate(Stream content)
    {
        var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            content.CopyTo(deflate);
        }

        return packed.ToArray();
    }

    private static void Chunk(MemoryStream file, string type, byte[] content)
    {
        byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(type), .. content];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(body));
        file.Write(number);
    }

    private static uint Crc32(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
            }
        }

        return ~crc;
    }
}
