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

    /// <summary>The library's allocator of ordinary memory.</summary>
    public static OrtAllocator DefaultInstance => Default.Value;

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => true;
}
