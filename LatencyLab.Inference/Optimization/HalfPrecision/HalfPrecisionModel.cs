using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.HalfPrecision;

/// <summary>A model with FP16 weights and the report of how it came about.</summary>
/// <param name="Model">The model: inputs, outputs and arithmetic as before.</param>
/// <param name="Report">What was done.</param>
public sealed record HalfPrecisionModel(ModelProto Model, HalfPrecisionReport Report)
{
    /// <summary>Writes the model through a temporary file, so that the path never holds half a model.</summary>
    /// <param name="path">The file to create or replace; its folder must exist.</param>
    public void Save(string path) => OnnxModelFile.Save(Model, path);
}
