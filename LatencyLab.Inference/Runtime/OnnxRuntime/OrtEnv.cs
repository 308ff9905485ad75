using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>The process-wide runtime environment; created on first use, never released before the process ends.</summary>
public sealed unsafe class OrtEnv : SafeHandle
{
    private static readonly Lock Gate = new();
    private static OrtEnv? s_instance;

    private OrtEnv(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    /// <summary>Whether <see cref="Instance"/> was called.</summary>
    public static bool IsCreated => s_instance is not null;

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Least severity that the runtime logs to standard error.</summary>
    public OrtLoggingLevel EnvLogLevel { get; set; } = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR;

    /// <summary>Returns the environment, creating it on the first call.</summary>
    /// <exception cref="DllNotFoundException">The native library is missing.</exception>
    public static OrtEnv Instance()
    {
        lock (Gate)
        {
            return s_instance ??= Create();
        }
    }

    /// <summary>Version of the native library.</summary>
    public string GetVersionString() => OrtApi.Version;

    /// <summary>Execution providers that were compiled into the native library; not all of them find their hardware.</summary>
    public string[] GetAvailableProviders()
    {
        byte** names;
        int count;
        OrtStatus.Check(((delegate* unmanaged<byte***, int*, nint>)OrtApi.Function(OrtApiSlot.GetAvailableProviders))(&names, &count));
        var providers = new string[count];
        for (var i = 0; i < count; i++)
        {
            providers[i] = OrtApi.ReadText(names[i])!;
        }
        OrtStatus.Check(((delegate* unmanaged<byte**, int, nint>)OrtApi.Function(OrtApiSlot.ReleaseAvailableProviders))(names, count));
        return providers;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtApi.Release(OrtApiSlot.ReleaseEnv, handle);
        return true;
    }

    private static OrtEnv Create()
    {
        using var logId = new NativeText("latencylab");
        nint env;
        OrtStatus.Check(((delegate* unmanaged<int, nint, nint*, nint>)OrtApi.Function(OrtApiSlot.CreateEnv))(
            (int)OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, logId.Address, &env));
        return new OrtEnv(env);
    }
}
