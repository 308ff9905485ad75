namespace LatencyLab.Inference.Measurement.Hardware.Linux;

/// <summary>What Linux tells of a machine.</summary>
internal static class LinuxSources
{
    /// <summary>The sources whose files are there.</summary>
    /// <param name="proc"><c>/proc</c>.</param>
    /// <param name="sys"><c>/sys</c>.</param>
    /// <param name="missing">Gets what is not there.</param>
    public static IReadOnlyList<IMetricSource> Create(string proc, string sys, ICollection<MissingMetric> missing)
    {
        var sources = new List<IMetricSource>();
        Add("cpu", "stat", file => new ProcessorSource(file));
        Add("system.load1", "loadavg", file => new LoadSource(file));
        sources.Add(new FrequencySource(Path.Combine(sys, "devices", "system", "cpu"), Path.Combine(proc, "cpuinfo")));
        Add("memory", "meminfo", file => new MemorySource(file));
        if (KernelFile.TryOpen(Path.Combine(proc, "self", "status")) is { } status)
        {
            Add("process", Path.Combine("self", "stat"), file => new ProcessSource(file, status));
        }
        else
        {
            missing.Add(new("process", $"{Path.Combine(proc, "self", "status")} cannot be read"));
        }
        Add("disk", "diskstats", file => new DiskSource(file, Path.Combine(sys, "block")));
        Add("network", Path.Combine("net", "dev"), file => new NetworkSource(file));
        if (ThrottleSource.TryOpen(Path.Combine(sys, "fs", "cgroup")) is { } throttle)
        {
            sources.Add(throttle);
        }
        else
        {
            missing.Add(new("cgroup.throttled", "no control group limits this process"));
        }
        return sources;

        void Add(string name, string path, Func<KernelFile, IMetricSource> create)
        {
            if (KernelFile.TryOpen(Path.Combine(proc, path)) is { } file)
            {
                sources.Add(create(file));
            }
            else
            {
                missing.Add(new(name, $"{Path.Combine(proc, path)} cannot be read"));
            }
        }
    }
}
