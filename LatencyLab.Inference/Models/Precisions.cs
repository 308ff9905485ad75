namespace LatencyLab.Inference.Models;

/// <summary>Names of precisions, as in cards, configuration and results.</summary>
public static class Precisions
{
    /// <summary>32-bit floating point.</summary>
    public const string Fp32 = "fp32";

    /// <summary>Weights stored as 16-bit floating point, half the file; computed in 32 bits.</summary>
    public const string Fp16 = "fp16";

    /// <summary>8-bit integer weights and activations.</summary>
    public const string Int8 = "int8";

    /// <summary>The same with weights of 7 bits, for processors whose 8-bit products saturate; a name in cards only.</summary>
    public const string Int8SevenBit = "int8_seven_bit";
}
