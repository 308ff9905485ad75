using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>Zero-terminated text for the length of one call.</summary>
internal readonly ref struct NativeText
{
    /// <summary>Copies <paramref name="text"/> as UTF-8.</summary>
    public NativeText(string text) => Address = Marshal.StringToCoTaskMemUTF8(text);

    private NativeText(nint address) => Address = address;

    /// <summary>Address of the first byte.</summary>
    public nint Address { get; }

    /// <summary>Copies a file path in the width that the platform's C API takes: UTF-16 on Windows, UTF-8 elsewhere.</summary>
    public static NativeText Path(string path) =>
        OperatingSystem.IsWindows() ? new(Marshal.StringToCoTaskMemUni(path)) : new(path);

    /// <summary>Frees the copy.</summary>
    public void Dispose() => Marshal.FreeCoTaskMem(Address);
}
