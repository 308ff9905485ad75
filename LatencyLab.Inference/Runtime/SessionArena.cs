using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Inference.Runtime;

/// <summary>
/// What the arena of a session, from which ONNX Runtime takes its memory, says of itself. The managed API does not offer that, so this asks
/// the C API, whichever managed API is in use.
/// </summary>
internal static unsafe partial class SessionArena
{
    /// <summary>First version of the C API with these statistics; the library's version is 1 and then this.</summary>
    private const int FirstVersion = 23;

    // Positions in the C API's function table (OrtApi), which only ever grows at its end.
    private const int ReleaseStatus = 93;
    private const int GetKeyValue = 297;
    private const int ReleaseKeyValuePairs = 300;
    private const int AllocatorGetStats = 319;

    /// <summary>Most of the arena of main memory that was in use at a time, since the session's creation began.</summary>
    /// <returns>Bytes; null where the library is older than the statistics, or the session has no arena.</returns>
    /// <exception cref="OnnxRuntimeException">The session has no allocator of main memory.</exception>
    public static long? PeakBytes(InferenceSession session)
    {
        if (!Version.TryParse(OrtEnv.Instance().GetVersionString(), out var version) || (version.Major == 1 && version.Minor < FirstVersion))
        {
            return null;
        }
        using var allocator = new OrtAllocator(session, OrtMemoryInfo.DefaultInstance);
        var table = ((delegate* unmanaged<uint, nint*>)OrtGetApiBase()[0])(FirstVersion);
        nint statistics = 0;
        var status = ((delegate* unmanaged<nint, nint*, nint>)table[AllocatorGetStats])(allocator.DangerousGetHandle(), &statistics);
        if (status != 0)
        {
            ((delegate* unmanaged<nint, void>)table[ReleaseStatus])(status);
            return null;
        }
        try
        {
            return statistics == 0 ? null : Read(table, statistics, "MaxInUse"u8);
        }
        finally
        {
            ((delegate* unmanaged<nint, void>)table[ReleaseKeyValuePairs])(statistics);
        }
    }

    // The text stays the library's; an allocator that is no arena has no such key.
    private static long? Read(nint* table, nint statistics, ReadOnlySpan<byte> name)
    {
        fixed (byte* key = name)
        {
            var text = ((delegate* unmanaged<nint, byte*, nint>)table[GetKeyValue])(statistics, key);
            return long.TryParse(Marshal.PtrToStringUTF8(text), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
        }
    }

    [LibraryImport(NativeLibraryResolver.OnnxRuntime)]
    private static partial nint* OrtGetApiBase();
}
