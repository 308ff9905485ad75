using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Inference.Runtime;

/// <summary>Reads the facts that are stamped on every result.</summary>
public static class EnvironmentProbe
{
    private const string LoadAverageFile = "/proc/loadavg";

    /// <summary>The machine as it is now.</summary>
    /// <param name="gpuInactiveReason">Why a GPU provider that was asked for is not in use; null without such a wish or with success.</param>
    /// <param name="gpuInUse">Whether a session runs on the GPU.</param>
    public static EnvironmentFacts Read(bool gpuInUse = false, string? gpuInactiveReason = null) => new()
    {
        Cpu = CpuCapabilities.Current.Model,
        LogicalCores = CpuCapabilities.Current.LogicalCores,
        InstructionSets = CpuCapabilities.Current.InstructionSets,
        Int8Path = CpuCapabilities.Current.Int8Name,
        Gpu = gpuInUse ? GpuPresence.Name ?? "GPU" : null,
        GpuInactiveReason = gpuInUse ? null : gpuInactiveReason ?? (GpuPresence.Name is null ? "no NVIDIA driver on this machine" : "no variant asks for it"),
        Runtime = "ONNX Runtime",
        RuntimeVersion = OrtEnv.Instance().GetVersionString(),
        Os = RuntimeInformation.OSDescription,
        Load1 = ReadLoad(),
    };

    private static double? ReadLoad() =>
        File.Exists(LoadAverageFile)
        && double.TryParse(File.ReadAllText(LoadAverageFile).Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var load)
            ? load
            : null;
}
