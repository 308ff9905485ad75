namespace LatencyLab.Inference.Live;

/// <summary>Tells what the machine does meanwhile.</summary>
internal interface IMachineLoad : IDisposable
{
    /// <summary>How busy all processors are, and this process's main memory; null where the machine does not tell. One reader at a time.</summary>
    (double? CpuPercent, long? MemoryBytes) Read();
}
