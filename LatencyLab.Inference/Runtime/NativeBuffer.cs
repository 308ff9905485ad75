using System.Runtime.InteropServices;

namespace LatencyLab.Inference.Runtime;

/// <summary>Zeroed native memory of fixed size, aligned for the widest vector loads; models read and write it in place.</summary>
public sealed unsafe class NativeBuffer : SafeHandle
{
    private const int Alignment = 64;
    private readonly int _floats;

    /// <summary>Allocates room for <paramref name="floats"/> numbers.</summary>
    public NativeBuffer(int floats)
        : base(0, ownsHandle: true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(floats);
        _floats = floats;
        var memory = NativeMemory.AlignedAlloc(checked((nuint)floats * sizeof(float)), Alignment);
        NativeMemory.Clear(memory, (nuint)floats * sizeof(float));
        SetHandle((nint)memory);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Size in bytes.</summary>
    public long SizeBytes => (long)_floats * sizeof(float);

    /// <summary>The numbers; valid until the buffer is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public Span<float> Floats
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return new Span<float>((void*)handle, _floats);
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
