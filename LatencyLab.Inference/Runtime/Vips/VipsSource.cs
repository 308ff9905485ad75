using System.Buffers;

namespace LatencyLab.Inference.Runtime.Vips;

/// <summary>
/// Encoded bytes as libvips reads them: not copied, so they stay pinned until this is disposed, which must be after the pixels are out.
/// </summary>
internal sealed unsafe class VipsSource : IDisposable
{
    private MemoryHandle _pin;

    public VipsSource(ReadOnlyMemory<byte> encoded)
    {
        VipsLibrary.EnsureInitialized();
        _pin = encoded.Pin();
        Blob = new VipsAreaHandle(VipsNative.NewBlob(0, _pin.Pointer, (nuint)encoded.Length));
    }

    /// <summary>The native view of the bytes.</summary>
    public VipsAreaHandle Blob { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Blob.Dispose();
        _pin.Dispose();
    }
}
