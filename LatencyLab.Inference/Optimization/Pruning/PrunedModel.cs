using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>A pruned model and the report of how it came about.</summary>
/// <param name="Model">The model: same inputs, outputs and names of weights, fewer channels between them.</param>
/// <param name="Report">What was done.</param>
public sealed record PrunedModel(ModelProto Model, PruningReport Report)
{
    /// <summary>Writes the model through a temporary file, so that the path never holds half a model.</summary>
    /// <param name="path">The file to create or replace; its folder must exist.</param>
    public void Save(string path) => OnnxModelFile.Save(Model, path);
}
