using Microsoft.Win32.SafeHandles;

namespace LatencyLab.Inference.Runtime.Vips;

/// <summary>One reference to a GObject.</summary>
internal abstract class GObjectHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    protected GObjectHandle(nint owned)
        : base(ownsHandle: true) => SetHandle(owned);

    protected override bool ReleaseHandle()
    {
        GObjectNative.Unref(handle);
        return true;
    }
}

/// <summary>A lazy picture: pixels are computed when they are asked for.</summary>
internal sealed class VipsImageHandle(nint owned) : GObjectHandle(owned);

/// <summary>An operation, before or after it was built.</summary>
internal sealed class VipsOperationHandle(nint owned) : GObjectHandle(owned);

/// <summary>A counted area of memory, here the blob around encoded bytes.</summary>
internal sealed class VipsAreaHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public VipsAreaHandle(nint owned)
        : base(ownsHandle: true) => SetHandle(owned);

    protected override bool ReleaseHandle()
    {
        VipsNative.UnrefArea(handle);
        return true;
    }
}
