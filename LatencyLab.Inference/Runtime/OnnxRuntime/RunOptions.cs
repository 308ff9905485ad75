using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>How one run behaves. May be shared by concurrent runs.</summary>
public class RunOptions : SafeHandle
{
    private bool _terminate;
    private string _logId = "";
    private OrtLoggingLevel _logSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING;
    private int _logVerbosityLevel;

    public RunOptions()
        : base(0, ownsHandle: true)
    {
        OrtEnv.Instance();
        SetHandle(OrtApi.Create(OrtApiSlot.CreateRunOptions));
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Set to true to make runs that use these options stop before their next node, with an exception.</summary>
    public bool Terminate
    {
        get => _terminate;
        set => OrtApi.Call((_terminate = value) ? OrtApiSlot.RunOptionsSetTerminate : OrtApiSlot.RunOptionsUnsetTerminate, handle);
    }

    public string LogId
    {
        get => _logId;
        set => OrtApi.Call(OrtApiSlot.RunOptionsSetRunTag, handle, _logId = value);
    }

    public OrtLoggingLevel LogSeverityLevel
    {
        get => _logSeverityLevel;
        set => OrtApi.Call(OrtApiSlot.RunOptionsSetRunLogSeverityLevel, handle, (int)(_logSeverityLevel = value));
    }

    public int LogVerbosityLevel
    {
        get => _logVerbosityLevel;
        set => OrtApi.Call(OrtApiSlot.RunOptionsSetRunLogVerbosityLevel, handle, _logVerbosityLevel = value);
    }

    public void AddRunConfigEntry(string configKey, string configValue) =>
        OrtApi.Call(OrtApiSlot.AddRunConfigEntry, handle, configKey, configValue);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtApi.Release(OrtApiSlot.ReleaseRunOptions, handle);
        return true;
    }
}
