using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>Leaves a note in the file of how it was quantized.</summary>
internal static class Provenance
{
    private const string Key = "quantization";

    public static void Note(ModelProto model, QuantizationOptions options, int pictures)
    {
        var bits = options.WeightRange == WeightRange.SevenBit ? 7 : 8;
        var signed = options.Activations == ActivationType.S8 ? "; signed activations" : "";
        model.MetadataProps.Add(new StringStringEntryProto
        {
            Key = Key,
            Value = FormattableString.Invariant($"static INT8; {options.Calibration.Name} calibration on {pictures} pictures; {bits}-bit weights{signed}"),
        });
    }
}
