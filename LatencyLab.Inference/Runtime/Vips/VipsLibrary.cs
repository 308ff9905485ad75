using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LatencyLab.Inference.Runtime.Vips;

/// <summary>Starts libvips once for the process and shuts every door that is not needed.</summary>
internal static unsafe class VipsLibrary
{
    private const int AllLogLevels = 0xFF << 2;

    private static readonly Lock Gate = new();
    private static volatile bool _ready;

    /// <summary>For instance <c>8.18.7</c>.</summary>
    public static string Version
    {
        get
        {
            EnsureInitialized();
            return $"{VipsNative.Version(0)}.{VipsNative.Version(1)}.{VipsNative.Version(2)}";
        }
    }

    /// <summary>Not a static constructor: a failure there would be cached, although its cause (a missing file) can be mended.</summary>
    /// <exception cref="DllNotFoundException">The native library is missing; the message names the fix.</exception>
    public static void EnsureInitialized()
    {
        if (_ready)
        {
            return;
        }

        lock (Gate)
        {
            if (!_ready)
            {
                Initialize();
                _ready = true;
            }
        }
    }

    private static void Initialize()
    {
        if (VipsNative.Init("latencylab"u8) != 0)
        {
            throw VipsException.FromErrorBuffer("start");
        }

        // Pictures come from strangers: only the four loaders that are needed, each of which is fuzzed in public.
        VipsNative.BlockOperations("VipsForeignLoad"u8, 1);
        VipsNative.BlockOperations("VipsForeignLoadJpeg"u8, 0);
        VipsNative.BlockOperations("VipsForeignLoadPng"u8, 0);
        VipsNative.BlockOperations("VipsForeignLoadWebp"u8, 0);
        VipsNative.BlockOperations("VipsForeignLoadNsgif"u8, 0);

        // One thread a picture: parallelism comes from requests, and the cores belong to inference.
        VipsNative.SetConcurrency(1);
        // Every upload is new: cached operations would only hold memory.
        VipsNative.SetCacheSize(0);
        // Warnings about odd pictures would otherwise land on standard error, one line an upload.
        GObjectNative.SetLogHandler("VIPS"u8, AllLogLevels, &IgnoreLog, 0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void IgnoreLog(byte* domain, int level, byte* message, nint userData)
    {
    }
}
