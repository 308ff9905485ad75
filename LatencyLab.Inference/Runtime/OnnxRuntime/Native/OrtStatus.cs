namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>The one error path: every call's status passes through here.</summary>
internal static unsafe class OrtStatus
{
    private static readonly string[] Names =
    [
        "Ok", "Fail", "InvalidArgument", "NoSuchFile", "NoModel", "EngineError", "RuntimeException", "InvalidProtobuf",
        "ModelLoaded", "NotImplemented", "InvalidGraph", "ExecutionProviderFailure",
    ];

    /// <summary>Throws what a non-null status says, and releases it.</summary>
    public static void Check(nint status)
    {
        if (status != 0)
        {
            Throw(status);
        }
    }

    private static void Throw(nint status)
    {
        var code = ((delegate* unmanaged<nint, int>)OrtApi.Function(OrtApiSlot.GetErrorCode))(status);
        var message = OrtApi.ReadText(((delegate* unmanaged<nint, byte*>)OrtApi.Function(OrtApiSlot.GetErrorMessage))(status));
        OrtApi.Release(OrtApiSlot.ReleaseStatus, status);
        throw new OnnxRuntimeException($"[ErrorCode:{(code < Names.Length ? Names[code] : code)}] {message}");
    }
}
