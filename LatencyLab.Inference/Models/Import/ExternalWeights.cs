using System.Globalization;
using Google.Protobuf;
using LatencyLab.Inference.Optimization.Onnx;
using static LatencyLab.Inference.Optimization.Onnx.TensorProto.Types;

namespace LatencyLab.Inference.Models.Import;

/// <summary>Moves weights from files beside a model, such as <c>model.onnx_data</c>, into it. No file outside the model's folder is ever opened.</summary>
internal static class ExternalWeights
{
    /// <summary>Reads what is external.</summary>
    /// <returns>Names of the files that weights came from; none where the model held all of them.</returns>
    /// <exception cref="ModelRefusedException">A file is outside, missing or too short, or all together are too large.</exception>
    public static IReadOnlyList<string> MoveInto(ModelProto model, string modelPath, string name, ImportLimits limits)
    {
        var external = ModelTensors.All(model.Graph).Where(tensor => tensor.DataLocation == DataLocation.External).ToList();
        if (external.Count == 0)
        {
            return [];
        }
        var folder = Path.GetDirectoryName(Path.GetFullPath(modelPath))!;
        var places = external.ConvertAll(tensor => Find(tensor, folder, name));
        // Everything is added up before the first byte is read: a thousand tensors may name the same file.
        var total = places.Sum(place => place.Length) + model.CalculateSize();
        if (total > limits.MaxSizeBytes)
        {
            throw ForeignModelReader.TooLarge(name, total, limits);
        }
        foreach (var (tensor, place) in external.Zip(places))
        {
            tensor.RawData = Read(place);
            tensor.ExternalData.Clear();
            tensor.ClearDataLocation();
        }
        return [.. places.Select(place => Path.GetFileName(place.Path)).Distinct()];
    }

    private static Place Find(TensorProto tensor, string folder, string name)
    {
        var location = Entry(tensor, "location") ?? "";
        var path = Path.GetFullPath(Path.Combine(folder, location));
        if (LeavesFolder(location) || !path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || IsLink(path, folder))
        {
            throw new ModelRefusedException(
                ImportRefusal.ExternalDataOutside,
                $"{name} keeps the weights `{tensor.Name}` in `{location}`, outside its own folder. "
                + "Put the file beside the model, or save the model with all weights inside.");
        }
        if (!File.Exists(path))
        {
            throw new ModelRefusedException(
                ImportRefusal.ExternalDataMissing,
                $"{name} keeps the weights `{tensor.Name}` in `{location}`, which is missing. "
                + "Put that file beside the model, or save the model with all weights inside.");
        }
        var fileLength = new FileInfo(path).Length;
        var offset = Number(tensor, "offset") ?? 0;
        var length = Number(tensor, "length") ?? fileLength - offset;
        return offset >= 0 && length >= 0 && offset <= fileLength && length <= fileLength - offset ? new Place(path, offset, length) : throw new ModelRefusedException(
            ImportRefusal.ExternalDataMissing,
            $"{name}: `{location}` is too short for the weights `{tensor.Name}`. Export or download both files again.");
    }

    private static ByteString Read(Place place)
    {
        using var file = new FileStream(place.Path, FileMode.Open, FileAccess.Read, FileShare.Read);
        file.Position = place.Offset;
        var bytes = new byte[place.Length];
        file.ReadExactly(bytes);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    private static bool LeavesFolder(string location) =>
        location.Length == 0 || Path.IsPathRooted(location) || location.Contains(':', StringComparison.Ordinal) || location.Split('/', '\\').Contains("..");

    /// <summary>Whether the file, or a folder between it and the model's, is a link to somewhere else.</summary>
    private static bool IsLink(string path, string folder)
    {
        for (var part = path; part is not null && part.Length > folder.Length; part = Path.GetDirectoryName(part))
        {
            if (new FileInfo(part).LinkTarget is not null)
            {
                return true;
            }
        }
        return false;
    }

    private static string? Entry(TensorProto tensor, string key) => tensor.ExternalData.FirstOrDefault(entry => entry.Key == key)?.Value;

    private static long? Number(TensorProto tensor, string key) => Entry(tensor, key) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1;

    private sealed record Place(string Path, long Offset, long Length);
}
