namespace LatencyLab.Inference.Runtime;

/// <summary>Whether an NVIDIA GPU and its driver are there, before any execution provider is tried.</summary>
public static class GpuPresence
{
    private const string LinuxDriverFolder = "/proc/driver/nvidia/gpus";

    /// <summary>Model name of the first GPU, or null where no driver shows one.</summary>
    public static string? Name { get; } = Read();

    private static string? Read()
    {
        if (!Directory.Exists(LinuxDriverFolder))
        {
            return null;
        }
        return Directory.EnumerateFiles(LinuxDriverFolder, "information", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Where(line => line.StartsWith("Model:", StringComparison.Ordinal))
            .Select(line => line["Model:".Length..].Trim())
            .FirstOrDefault();
    }
}
