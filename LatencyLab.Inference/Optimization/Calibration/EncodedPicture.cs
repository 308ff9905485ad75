namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>A picture in memory.</summary>
/// <param name="Name">Its file name, for messages.</param>
/// <param name="Encoded">The whole file.</param>
public sealed record EncodedPicture(string Name, ReadOnlyMemory<byte> Encoded);
