using LatencyLab.Inference.Optimization.Calibration;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>The scales of all quantized activations; operators that only select or rearrange share their input's.</summary>
internal sealed class ActivationScales
{
    private readonly Dictionary<string, string> _sources = [];
    private readonly Dictionary<string, ActivationScale> _scales = [];

    public ActivationScales(QuantizationPlan plan)
    {
        foreach (var planned in plan.Operators.Values)
        {
            foreach (var input in planned.Inputs)
            {
                _sources.TryAdd(input, input);
            }

            if (planned.KeepsFloatOutput)
            {
                continue;
            }

            foreach (var output in planned.Outputs)
            {
                _sources[output] = planned.Role == OperatorRole.Selecting ? _sources[planned.Inputs[0]] : output;
            }
        }
    }

    /// <summary>The tensors whose ranges must be observed.</summary>
    public IReadOnlyCollection<string> Observed => [.. _sources.Values.Distinct()];

    public void Set(IReadOnlyDictionary<string, ActivationRange> ranges, ActivationType type)
    {
        foreach (var (tensor, range) in ranges)
        {
            _scales[tensor] = ActivationScale.Covering(range, type);
        }
    }

    /// <summary>The tensor whose scale this one takes.</summary>
    public string SourceOf(string tensor) => _sources[tensor];

    public ActivationScale Of(string tensor) => _scales[_sources[tensor]];

    /// <summary>The scale of what an operator makes, or null where that stays in float.</summary>
    public ActivationScale? OfOutput(PlannedOperator planned) => planned.KeepsFloatOutput ? null : Of(planned.Output);
}
