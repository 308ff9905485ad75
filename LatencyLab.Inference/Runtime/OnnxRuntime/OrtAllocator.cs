using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Allocates tensors.</summary>
public class OrtAllocator : SafeHandle
{
    private static readonly Lazy<OrtAllocator> Default = new(() => new OrtAllocator(OrtApi.DefaultAllocator), LazyThreadSafetyMode.PublicationOnly);

    // The default allocator belongs to the library: nothing to release.
    private OrtAllocator(nint handle)
        : base(0, ownsHandle: false) => SetHandle(handle);

    /// <summary>What a session allocates a kind of memory with: its arena, unless that is switched off.</summary>
    /// <exception cref="OnnxRuntimeException">The session has no allocator of such memory.</exception>
    public unsafe OrtAllocator(InferenceSession session, OrtMemoryInfo memInfo)
        : base(0, ownsHandle: true)
    {
        nint allocator;
        OrtStatus.Check(((delegate* unmanaged<nint, nint, nint*, nint>)OrtApi.Function(OrtApiSlot.CreateAllocator))(
            session.Handle, memInfo.DangerousGetHandle(), &allocator));
        GC.KeepAlive(session);
        GC.KeepAlive(memInfo);
        SetHandle(allocator);
    }

    /// <summary>The library's allocator of ordinary memory.</summary>
    public static OrtAllocator DefaultInstance => Default.Value;

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtApi.Release(OrtApiSlot.ReleaseAllocator, handle);
        return true;
    }
}
