namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>How much of a signed byte the weights use.</summary>
public enum WeightRange
{
    /// <summary>-127 to 127: the most precise. Needs a CPU whose INT8 products accumulate in 32 bits (VNNI, AMX, Arm dot product).</summary>
    EightBit,

    /// <summary>
    /// -63 to 63, for x64 CPUs without VNNI: there VPMADDUBSW adds two products of an unsigned and a signed byte in 16 bits, which
    /// saturates above 32,767; 2 x 255 x 63 = 32,130 does not.
    /// </summary>
    SevenBit,
}
