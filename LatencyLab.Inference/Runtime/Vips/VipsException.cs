using System.Runtime.InteropServices;

namespace LatencyLab.Inference.Runtime.Vips;

/// <summary>
/// A native call failed. The only reader of libvips' error buffer, which is one for the whole process: under concurrency the text may
/// speak of another picture. So it goes to logs as an inner exception, is never shown to people and never branched on.
/// </summary>
internal sealed class VipsException : Exception
{
    private VipsException(string message)
        : base(message)
    {
    }

    /// <summary>Takes the error buffer's text and empties the buffer.</summary>
    public static VipsException FromErrorBuffer(string action)
    {
        var copy = VipsNative.CopyErrorBuffer();
        var text = Marshal.PtrToStringUTF8(copy);
        GObjectNative.Free(copy);
        VipsNative.ClearErrorBuffer();
        return new VipsException($"libvips could not {action}: {text?.Trim()}");
    }
}
