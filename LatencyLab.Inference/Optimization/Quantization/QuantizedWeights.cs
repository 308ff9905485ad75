namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>Weights as signed bytes with one scale an output channel, and the bias in the steps of its accumulator.</summary>
/// <param name="Values">The weights in their original order.</param>
/// <param name="Scales">One a channel: weight = scale x byte.</param>
/// <param name="Bias">One a channel, in steps of input scale x weight scale.</param>
/// <param name="BiasScales">Input scale x weight scale, one a channel.</param>
internal sealed record QuantizedWeights(sbyte[] Values, float[] Scales, int[] Bias, float[] BiasScales);
