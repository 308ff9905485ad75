using Google.Protobuf;
using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Optimization.Onnx;

/// <summary>Reads and writes ONNX files. The same model always gives the same bytes.</summary>
public static class OnnxModelFile
{
    /// <summary>The largest file that is read, in bytes: protobuf's own limit is 2 GiB.</summary>
    public const long MaxSizeBytes = int.MaxValue;

    /// <summary>Reads a model from a file.</summary>
    /// <param name="path">An ONNX file that holds all of its weights.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidModelException">The file is cut short, not ONNX, too large, or keeps weights in other files.</exception>
    public static ModelProto Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (file.Length > MaxSizeBytes)
        {
            throw new InvalidModelException($"{path} has {file.Length} bytes; ONNX files end at {MaxSizeBytes}.");
        }

        return Parse(() => ModelProto.Parser.ParseFrom(file), path);
    }

    /// <summary>Reads a model from memory.</summary>
    /// <param name="bytes">The whole content of an ONNX file.</param>
    /// <exception cref="InvalidModelException">The content is cut short, not ONNX, or keeps weights in other files.</exception>
    public static ModelProto Parse(byte[] bytes) => Parse(() => ModelProto.Parser.ParseFrom(bytes), "The model");

    /// <summary>Writes a model through a temporary file, so that the path never holds half a model.</summary>
    /// <param name="model">The model to write.</param>
    /// <param name="path">The file to create or replace; its folder must exist.</param>
    public static void Save(ModelProto model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = File.Create(temporary))
            {
                model.WriteTo(file);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static ModelProto Parse(Func<ModelProto> read, string name)
    {
        ModelProto model;
        try
        {
            model = read();
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidModelException($"{name} is not a complete ONNX file. Export or download it again.", e);
        }

        // Cut between two fields, a file still parses: what must follow is then missing.
        if (model.Graph is null || model.Graph.Node.Count == 0 || model.OpsetImport.Count == 0)
        {
            throw new InvalidModelException($"{name} is not a complete ONNX file: it has no graph or no opset. Export or download it again.");
        }

        if (ModelTensors.All(model.Graph).FirstOrDefault(t => t.DataLocation == TensorProto.Types.DataLocation.External) is { } external)
        {
            throw new InvalidModelException(
                $"{name} keeps the weights '{external.Name}' in another file. Save it again with all weights inside the .onnx file.");
        }

        return model;
    }
}
