namespace LatencyLab.Inference.Measurement.Hardware;

/// <summary>What monitoring itself costs.</summary>
/// <param name="ShareOfOneCore">Processor time of the sampler's thread over the time that it has run; 0.01 is one percent of one core.</param>
/// <param name="MeanSampleMs">Mean duration of one sample, in milliseconds.</param>
/// <param name="MaxSampleMs">Longest sample, in milliseconds.</param>
/// <param name="Skipped">Samples that were due and not taken, because the one before had not ended or the machine was too busy.</param>
public sealed record MonitorCost(double ShareOfOneCore, double MeanSampleMs, double MaxSampleMs, long Skipped);
