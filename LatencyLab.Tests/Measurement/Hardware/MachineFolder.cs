using LatencyLab.Inference.Measurement.Hardware;
using LatencyLab.Inference.Measurement.Hardware.Linux;

namespace LatencyLab.Tests.Measurement.Hardware;

/// <summary>A folder with what Linux tells of an invented machine, so that the numbers are known.</summary>
internal sealed class MachineFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latencylab-machine-");

    public List<MissingMetric> Missing { get; } = [];

    public string Proc => Path.Combine(_folder.FullName, "proc");

    public string Sys => Path.Combine(_folder.FullName, "sys");

    /// <summary>Writes a file, over what an open reader reads next.</summary>
    public MachineFolder With(string path, string text)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return this;
    }

    public HardwareMonitor Monitor() => new(LinuxSources.Create(Proc, Sys, Missing), Missing);

    public void Dispose() => _folder.Delete(recursive: true);
}
