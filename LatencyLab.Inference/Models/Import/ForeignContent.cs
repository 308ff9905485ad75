using System.Buffers;

namespace LatencyLab.Inference.Models.Import;

/// <summary>Tells what a file is when it is not ONNX, from its first bytes: the most common mistakes deserve a better answer than "damaged".</summary>
internal static class ForeignContent
{
    private static readonly SearchValues<byte> Printable = SearchValues.Create([(byte)'\t', (byte)'\r', (byte)'\n', .. Enumerable.Range(0x20, 0x5F).Select(value => (byte)value)]);

    /// <summary>Bytes that are enough to tell.</summary>
    public const int HeadLength = 64;

    /// <summary>What it is and what to do, or null where it may be ONNX.</summary>
    public static string? Describe(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((byte[])[0x89, (byte)'P', (byte)'N', (byte)'G']) || head.StartsWith((byte[])[0xFF, 0xD8, 0xFF]) || head.StartsWith("GIF8"u8))
        {
            return "is a picture. Give the .onnx file of a classifier.";
        }
        if (head.StartsWith("PK"u8) || head.StartsWith((byte[])[0x1F, 0x8B]) || head.StartsWith((byte[])[0x37, 0x7A, 0xBC, 0xAF]))
        {
            return "is an archive. Unpack it and give the .onnx file that is inside; a PyTorch checkpoint must be exported with torch.onnx.export first.";
        }
        if (head.StartsWith("version https://git-lfs"u8))
        {
            return "is a pointer of Git LFS, not the model itself. Fetch the model with `git lfs pull`, or download it again.";
        }
        if (head.StartsWith((byte[])[0x80, 0x02]) || head.StartsWith((byte[])[0x80, 0x04]))
        {
            return "is a Python pickle. Export the model with torch.onnx.export.";
        }
        if (head.Length > 4 && head[4..].StartsWith("TFL3"u8))
        {
            return "is a TensorFlow Lite model. Convert it to ONNX, for instance with tf2onnx.";
        }
        if (head.StartsWith((byte[])[0x89, (byte)'H', (byte)'D', (byte)'F']))
        {
            return "is an HDF5 file. Export the Keras model to ONNX, for instance with tf2onnx.";
        }
        return IsText(head) ? "is a text file. Give the .onnx file of a classifier; a failed download often leaves a web page behind." : null;
    }

    // An ONNX file begins with a field's number, none of which is a printable character followed by nothing but such.
    private static bool IsText(ReadOnlySpan<byte> head)
    {
        var mark = head.StartsWith((byte[])[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        return head[mark..].IndexOfAnyExcept(Printable) < 0;
    }
}
