using Microsoft.Win32.SafeHandles;

namespace LatencyLab.Inference.Runtime.Vips;

/// <summary>Pixels that libvips computed into memory of its own.</summary>
internal sealed class VipsPixels : SafeHandleZeroOrMinusOneIsInvalid
{
    private readonly int _allocatedBytes;
    private int _lengthBytes;

    public VipsPixels(nint owned, int lengthBytes)
        : base(ownsHandle: true)
    {
        SetHandle(owned);
        (_allocatedBytes, _lengthBytes) = (lengthBytes, lengthBytes);
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

    /// <summary>
    /// Turns four inks (255 is full ink) into R G B in place, each ink taking its light away: what viewers do without a colour profile.
    /// </summary>
    public unsafe void InksToRgb()
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        var bytes = new Span<byte>((void*)handle, _lengthBytes);
        var target = 0;
        for (var source = 0; source + 3 < bytes.Length; source += 4)
        {
            var light = 255 - bytes[source + 3];
            for (var ink = 0; ink < 3; ink++)
            {
                bytes[target++] = (byte)((((255 - bytes[source + ink]) * light) + 127) / 255);
            }
        }

        _lengthBytes = target;
    }

    protected override bool ReleaseHandle()
    {
        GObjectNative.Free(handle);
        GC.RemoveMemoryPressure(_allocatedBytes);
        return true;
    }
}
