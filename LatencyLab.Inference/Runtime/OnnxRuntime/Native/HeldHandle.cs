using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>Keeps a native object alive for the length of a call, even if another thread disposes its owner meanwhile.</summary>
internal readonly ref struct HeldHandle
{
    private readonly SafeHandle _handle;

    /// <exception cref="ObjectDisposedException">The owner was disposed before.</exception>
    public HeldHandle(SafeHandle handle)
    {
        var held = false;
        handle.DangerousAddRef(ref held);
        _handle = handle;
    }

    public nint Address => _handle.DangerousGetHandle();

    public void Dispose() => _handle.DangerousRelease();
}
