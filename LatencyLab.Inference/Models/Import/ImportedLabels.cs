using System.Text.RegularExpressions;

namespace LatencyLab.Inference.Models.Import;

/// <summary>Reads class names; a list of WordNet identifiers and names, as ImageNet's is published, loses the identifiers.</summary>
internal static partial class ImportedLabels
{
    private const long MaxSizeBytes = 50_000_000;

    /// <summary>The names of a file, or numbers where there is none.</summary>
    /// <exception cref="ModelRefusedException">The file is missing or unusable, or has another number of names.</exception>
    public static IReadOnlyList<string> Read(string? path, int classes, List<string> notes)
    {
        if (path is null)
        {
            notes.Add($"No labels were given: the classes are called class 0 to class {classes - 1}.");
            return [.. Enumerable.Range(0, classes).Select(index => $"class {index}")];
        }
        var name = Path.GetFileName(path);
        if (!File.Exists(path))
        {
            throw new ModelRefusedException(
                ImportRefusal.Labels,
                $"The labels file {name} does not exist. Give a text file with one class name a line.");
        }
        if (new FileInfo(path).Length > MaxSizeBytes)
        {
            throw new ModelRefusedException(
                ImportRefusal.Labels,
                $"The labels file {name} is larger than {MaxSizeBytes / 1_000_000} MB. Give a text file with one class name a line.");
        }
        var labels = File.ReadAllLines(path).Select(line => line.Trim()).ToList();
        while (labels.Count > 0 && labels[^1].Length == 0)
        {
            labels.RemoveAt(labels.Count - 1);
        }
        var empty = labels.FindIndex(label => label.Length == 0 || label.Any(char.IsControl));
        if (empty >= 0)
        {
            throw new ModelRefusedException(
                ImportRefusal.Labels,
                $"Line {empty + 1} of the labels file {name} is empty or no text. Give one class name a line, in class order.");
        }
        if (labels.Count != classes)
        {
            throw new ModelRefusedException(
                ImportRefusal.LabelCount,
                $"The labels file {name} has {labels.Count} lines, but the model tells {classes} classes apart. "
                + "Give one name a class, in class order.");
        }
        return labels.TrueForAll(label => WordNetId().IsMatch(label)) ? labels.ConvertAll(label => WordNetId().Replace(label, "")) : labels;
    }

    [GeneratedRegex(@"\An[0-9]{8}\s+")]
    private static partial Regex WordNetId();
}
