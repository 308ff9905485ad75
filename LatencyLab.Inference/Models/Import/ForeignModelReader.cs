using System.Globalization;
using Google.Protobuf;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Models.Import;

/// <summary>Reads an ONNX file that nobody vouches for: its size first, then what it seems to be, then its content.</summary>
/// <remarks>The parser never allocates by a length that the file merely claims, and stops at a nesting of 100.</remarks>
internal static class ForeignModelReader
{
    private const int RecursionLimit = 100;

    /// <exception cref="ModelRefusedException">The file is missing, too large, something else, or damaged.</exception>
    public static ModelProto Read(string path, string name, ImportLimits limits)
    {
        if (Directory.Exists(path))
        {
            throw new ModelRefusedException(ImportRefusal.Folder, $"{name} is a folder. Give the .onnx file in it.");
        }
        if (!File.Exists(path))
        {
            throw new ModelRefusedException(ImportRefusal.FileMissing, $"{name} does not exist. Check the path.");
        }
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (file.Length == 0)
        {
            throw new ModelRefusedException(ImportRefusal.Empty, $"{name} is empty. Export or download it again.");
        }
        if (file.Length > limits.MaxSizeBytes)
        {
            throw TooLarge(name, file.Length, limits);
        }
        RefuseForeign(file, name);
        return Parse(file, name, (int)limits.MaxSizeBytes);
    }

    /// <summary>The refusal of a model that is larger than the limit.</summary>
    public static ModelRefusedException TooLarge(string name, long sizeBytes, ImportLimits limits) => new(
        ImportRefusal.TooLarge, string.Create(
            CultureInfo.InvariantCulture,
            $"{name} has {sizeBytes / 1e6:0} MB with its weights; the limit is {limits.MaxSizeBytes / 1e6:0} MB. "
            + $"Raise LatencyLab:ImportLimits:MaxSizeBytes if that is meant."));

    private static void RefuseForeign(FileStream file, string name)
    {
        Span<byte> head = stackalloc byte[ForeignContent.HeadLength];
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (ForeignContent.Describe(head[..length]) is { } description)
        {
            throw new ModelRefusedException(ImportRefusal.NotOnnx, $"{name} {description}");
        }
        file.Position = 0;
    }

    private static ModelProto Parse(FileStream file, string name, int sizeLimit)
    {
        ModelProto model;
        try
        {
            using var input = CodedInputStream.CreateWithLimits(file, sizeLimit, RecursionLimit);
            model = ModelProto.Parser.ParseFrom(input);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new ModelRefusedException(
                ImportRefusal.Damaged,
                $"{name} is cut short or not ONNX at all. Export or download it again.", error);
        }
        // Cut between two fields, a file still parses, and so does much that was never ONNX.
        return model.Graph is { Node.Count: > 0 } && model.OpsetImport.Count > 0 ? model : throw new ModelRefusedException(
            ImportRefusal.Damaged, $"{name} has no graph or no opset: it is cut short or not ONNX at all. Export or download it again.");
    }
}
