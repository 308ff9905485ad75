using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Inference.Layers;

/// <summary>Exporters may leave nodes without names; in a profile those could not be told apart.</summary>
internal static class NamedModel
{
    /// <summary>The file itself where all nodes have names, otherwise a copy in which they are called by their output.</summary>
    /// <param name="file">An ONNX file.</param>
    /// <param name="folder">Where a copy may be put; the caller deletes it.</param>
    /// <exception cref="InvalidModelException">The file is damaged.</exception>
    public static ModelFile Of(ModelFile file, string folder)
    {
        var model = OnnxModelFile.Load(file.Path);
        if (model.Graph.Node.All(node => node.Name.Length > 0))
        {
            return file;
        }
        foreach (var node in model.Graph.Node)
        {
            node.Name = LayerName.Of(node);
        }
        var copy = Path.Combine(folder, "named.onnx");
        OnnxModelFile.Save(model, copy);
        return new ModelFile(copy, null);
    }
}
