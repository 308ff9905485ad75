using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>Owns one native object and releases it exactly once.</summary>
internal sealed class OrtSafeHandle : SafeHandle
{
    private readonly OrtApiSlot _release;

    public OrtSafeHandle(nint handle, OrtApiSlot release)
        : base(0, ownsHandle: true)
    {
        _release = release;
        SetHandle(handle);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OrtApi.Release(_release, handle);
        return true;
    }
}
