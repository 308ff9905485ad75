using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Evaluation;

/// <summary>A picture whose class is known.</summary>
/// <param name="Name">Its path within the collection.</param>
/// <param name="ClassIndex">The class it shows.</param>
/// <param name="Read">Reads the encoded file; safe from several threads.</param>
public sealed record LabelledPicture(string Name, int ClassIndex, Func<byte[]> Read);

/// <summary>
/// Finds pictures with known classes: a folder or zip archive with one folder a class (named as in the model's labels), or a folder of
/// pictures with a <c>labels.csv</c> (columns <c>file</c>, <c>class_index</c>) beside them.
/// </summary>
public static class LabelledPictures
{
    private const string LabelsFile = "labels.csv";

    /// <summary>Reads the collection's index; pictures are read when asked for.</summary>
    /// <param name="path">Folder or zip archive.</param>
    /// <param name="model">The model whose labels name the classes.</param>
    /// <exception cref="InvalidDataException">There is no such collection, or a class is unknown; the message says which.</exception>
    public static IReadOnlyList<LabelledPicture> Find(string path, Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var pictures =
            File.Exists(path) ? FromArchive(path, model)
            : File.Exists(Path.Combine(path, LabelsFile)) ? FromLabelsFile(path, model)
            : Directory.Exists(path) ? FromFolders(path, model)
            : throw new InvalidDataException($"{path}: no such folder or archive.");
        return pictures.Count > 0 ? pictures : throw new InvalidDataException(
            $"{path}: no pictures found. Expected one folder a class, a zip archive of such folders, or pictures with a {LabelsFile}.");
    }

    private static List<LabelledPicture> FromArchive(string path, Model model)
    {
        // Stored pictures are small, so all are kept: workers need not wait for each other at the archive.
        using var archive = LabelledArchive.Open(File.OpenRead(path), path, model, LabelledArchiveLimits.None);
        return [.. archive.Pictures.Select(picture =>
        {
            var bytes = picture.Read();
            return picture with { Read = () => bytes };
        })];
    }

    private static List<LabelledPicture> FromFolders(string path, Model model) =>
        [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(IsPicture).Order(StringComparer.Ordinal).Select(file =>
            new LabelledPicture(
                Path.GetRelativePath(path, file), ClassOfFolder(Path.GetRelativePath(path, file).Replace('\\', '/'), path, model),
                () => File.ReadAllBytes(file)))];

    private static List<LabelledPicture> FromLabelsFile(string path, Model model)
    {
        var pictures = new List<LabelledPicture>();
        foreach (var line in File.ReadLines(Path.Combine(path, LabelsFile)).Skip(1).Where(line => line.Length > 0))
        {
            // Only the first two columns are needed, and neither holds a comma; the third, the label, may.
            var columns = line.Split(',', 3);
            if (columns.Length < 2 || !int.TryParse(columns[1], out var index) || index < 0 || index >= model.Labels.Count)
            {
                throw new InvalidDataException($"{Path.Combine(path, LabelsFile)}: `{line}` names no class of {model.Id}.");
            }
            var file = Path.Combine(path, Path.GetFileName(columns[0]));
            if (!File.Exists(file))
            {
                throw new InvalidDataException($"{Path.Combine(path, LabelsFile)} names `{columns[0]}`, and there is no such file beside it.");
            }
            pictures.Add(new(columns[0], index, () => File.ReadAllBytes(file)));
        }
        return pictures;
    }

    /// <summary>The class that the folder of a picture names.</summary>
    /// <exception cref="InvalidDataException">The model knows no such class.</exception>
    internal static int ClassOfFolder(string name, string collection, Model model)
    {
        var parts = name.Split('/');
        var folder = parts.Length > 1 ? parts[^2] : "";
        for (var index = 0; index < model.Labels.Count; index++)
        {
            if (model.Labels[index].Equals(folder, StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }
        throw new InvalidDataException($"{collection}: the folder `{folder}` of {name} is no class of {model.Id}.");
    }

    /// <summary>Whether a file is a picture by its name. Those that begin with a point are what a desktop leaves beside its files.</summary>
    internal static bool IsPicture(string name) => !Path.GetFileName(name).StartsWith('.')
        && Path.GetExtension(name).ToLowerInvariant() is ".jpg" or ".jpeg" or ".png" or ".webp" or ".gif";
}
