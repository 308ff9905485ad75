using Microsoft.Win32.SafeHandles;

namespace LatencyLab.Inference.Runtime.Vips;

/// <summary>Pixels that libvips computed into memory of its own.</summary>
internal sealed class VipsPixels : SafeHandleZeroOrMinusOneIsInvalid
{
    private readonly int _lengthBytes;

    public VipsPixels(nint owned, int lengthBytes)
        : base(ownsHandle: true)
    {
        SetHandle(owned);
        _lengthBytes = lengthBytes;
        // Without the pressure a loop that forgets to dispose would never trouble the collector.
        GC.AddMemoryPressure(lengthBytes);
    }

    /// <summary>Valid until the object is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The pixels were freed.</exception>
    public unsafe ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return new ReadOnlySpan<byte>((void*)handle, _lengthBytes);
        }
    }

    protected override bool ReleaseHandle()
    {
        GObjectNative.Free(handle);
        GC.RemoveMemoryPressure(_lengthBytes);
        return true;
    }
}
