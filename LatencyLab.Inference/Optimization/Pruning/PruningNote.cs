using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>Leaves a note in the file of how it was pruned.</summary>
internal static class PruningNote
{
    private const string Key = "pruning";

    public static void Add(ModelProto model, PruningOptions options, double kept) => model.MetadataProps.Add(new StringStringEntryProto
    {
        Key = Key,
        Value = FormattableString.Invariant($"structured; {kept:P0} of the channels kept by {options.CriterionName}, {options.AllocationName}; multiples of {options.RoundTo}"),
    });
}
