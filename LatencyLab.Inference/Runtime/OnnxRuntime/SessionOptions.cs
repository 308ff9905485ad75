using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>How a session is built. Same names and meanings as in the official package.</summary>
public class SessionOptions : SafeHandle
{
    private GraphOptimizationLevel _graphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL;
    private ExecutionMode _executionMode = ExecutionMode.ORT_SEQUENTIAL;
    private OrtLoggingLevel _logSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING;
    private string _logId = "";
    private string _optimizedModelFilePath = "";
    private int _intraOpNumThreads;
    private int _interOpNumThreads;
    private int _logVerbosityLevel;
    private bool _enableProfiling;
    private bool _enableMemoryPattern = true;
    private bool _enableCpuMemArena = true;

    /// <summary>Options with the runtime's defaults.</summary>
    public SessionOptions()
        : base(0, ownsHandle: true)
    {
        OrtEnv.Instance();
        SetHandle(OrtApi.Create(OrtApiSlot.CreateSessionOptions));
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    public GraphOptimizationLevel GraphOptimizationLevel
    {
        get => _graphOptimizationLevel;
        set => Set(OrtApiSlot.SetSessionGraphOptimizationLevel, (int)(_graphOptimizationLevel = value));
    }

    public ExecutionMode ExecutionMode
    {
        get => _executionMode;
        set => Set(OrtApiSlot.SetSessionExecutionMode, (int)(_executionMode = value));
    }

    /// <summary>Threads that one node may use, the caller's included; 0 leaves the choice to the runtime.</summary>
    public int IntraOpNumThreads
    {
        get => _intraOpNumThreads;
        set => Set(OrtApiSlot.SetIntraOpNumThreads, _intraOpNumThreads = value);
    }

    /// <summary>Nodes that may run at the same time in parallel mode.</summary>
    public int InterOpNumThreads
    {
        get => _interOpNumThreads;
        set => Set(OrtApiSlot.SetInterOpNumThreads, _interOpNumThreads = value);
    }

    public int LogVerbosityLevel
    {
        get => _logVerbosityLevel;
        set => Set(OrtApiSlot.SetSessionLogVerbosityLevel, _logVerbosityLevel = value);
    }

    public OrtLoggingLevel LogSeverityLevel
    {
        get => _logSeverityLevel;
        set => Set(OrtApiSlot.SetSessionLogSeverityLevel, (int)(_logSeverityLevel = value));
    }

    public string LogId
    {
        get => _logId;
        set => OrtApi.Call(OrtApiSlot.SetSessionLogId, handle, _logId = value);
    }

    /// <summary>Where the rewritten graph is saved when the session is created.</summary>
    public string OptimizedModelFilePath
    {
        get => _optimizedModelFilePath;
        set
        {
            using var path = NativeText.Path(_optimizedModelFilePath = value);
            OrtApi.Call(OrtApiSlot.SetOptimizedModelFilePath, handle, path.Address);
        }
    }

    /// <summary>Beginning of the profile's file name; set it before <see cref="EnableProfiling"/>.</summary>
    public string ProfileOutputPathPrefix { get; set; } = "onnxruntime_profile_";

    public bool EnableProfiling
    {
        get => _enableProfiling;
        set
        {
            _enableProfiling = value;
            if (value)
            {
                using var prefix = NativeText.Path(ProfileOutputPathPrefix);
                OrtApi.Call(OrtApiSlot.EnableProfiling, handle, prefix.Address);
            }
            else
            {
                OrtApi.Call(OrtApiSlot.DisableProfiling, handle);
            }
        }
    }

    public bool EnableMemoryPattern
    {
        get => _enableMemoryPattern;
        set => OrtApi.Call((_enableMemoryPattern = value) ? OrtApiSlot.EnableMemPattern : OrtApiSlot.DisableMemPattern, handle);
    }

    public bool EnableCpuMemArena
    {
        get => _enableCpuMemArena;
        set => OrtApi.Call((_enableCpuMemArena = value) ? OrtApiSlot.EnableCpuMemArena : OrtApiSlot.DisableCpuMemArena, handle);
    }

    /// <summary>Sets one of the runtime's textual options, for instance <c>session.intra_op.allow_spinning</c>.</summary>
    /// <exception cref="OnnxRuntimeException">The key or value is refused.</exception>
    public void AddSessionConfigEntry(string configKey, string configValue) =>
        OrtApi.Call(OrtApiSlot.AddSessionConfigEntry, handle, configKey, configValue);

    /// <summary>Fixes a symbolic dimension, for instance the batch size.</summary>
    public unsafe void AddFreeDimensionOverrideByName(string dimName, long dimValue)
    {
        using var name = new NativeText(dimName);
        OrtStatus.Check(((delegate* unmanaged<nint, nint, long, nint>)OrtApi.Function(OrtApiSlot.AddFreeDimensionOverrideByName))(
            handle, name.Address, dimValue));
    }

    /// <summary>Adds an execution provider by name; earlier ones take precedence.</summary>
    /// <exception cref="OnnxRuntimeException">The library has no such provider, or it cannot start.</exception>
    public void AppendExecutionProvider(string providerName, Dictionary<string, string>? providerOptions = null) =>
        ProviderOptions.AppendByName(handle, providerName, providerOptions);

    /// <summary>Adds CUDA on a device.</summary>
    /// <exception cref="OnnxRuntimeException">The library was built without CUDA, or its parts or the GPU are missing.</exception>
    public void AppendExecutionProvider_CUDA(int deviceId = 0) => ProviderOptions.AppendCuda(handle, deviceId);

    /// <summary>Adds TensorRT on a device.</summary>
    /// <exception cref="OnnxRuntimeException">The library was built without TensorRT, or its parts or the GPU are missing.</exception>
    public void AppendExecutionProvider_Tensorrt(int deviceId = 0) => ProviderOptions.AppendTensorRt(handle, deviceId);

    /// <summary>The CPU provider is always there, as the last; kept for source compatibility.</summary>
    public void AppendExecutionProvider_CPU(int useArena = 1) => EnableCpuMemArena = useArena != 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtApi.Release(OrtApiSlot.ReleaseSessionOptions, handle);
        return true;
    }

    private void Set(OrtApiSlot slot, int value) => OrtApi.Call(slot, handle, value);
}
