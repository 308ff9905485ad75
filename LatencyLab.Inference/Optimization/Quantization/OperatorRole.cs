namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>What quantization means for an operator.</summary>
internal enum OperatorRole
{
    /// <summary>Multiplies with stored weights; always worth quantizing.</summary>
    Weighted,

    /// <summary>Makes new values from activations; quantized where it receives quantized ones.</summary>
    Computed,

    /// <summary>Picks or rearranges values of its first input, whose scale it keeps.</summary>
    Selecting,

    /// <summary>Cuts values off; dropped where the preceding operator's saturation does it anyway.</summary>
    Clamping,
}
