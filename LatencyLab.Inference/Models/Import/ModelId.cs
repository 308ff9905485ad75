using System.Text.RegularExpressions;

namespace LatencyLab.Inference.Models.Import;

/// <summary>Identifiers of imported models: names that are safe as folders on every system.</summary>
public static partial class ModelId
{
    private const int MaxLength = 64;

    /// <summary>Checks an identifier, or makes one from a file's name.</summary>
    /// <param name="id">The identifier; null to make one.</param>
    /// <param name="fileName">The model file's name.</param>
    /// <exception cref="ModelRefusedException">The identifier that was given cannot name a folder.</exception>
    public static string Of(string? id, string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        if (id is not null)
        {
            return IsValid(id) ? id : throw new ModelRefusedException(
                ImportRefusal.BadId,
                $"The identifier `{id}` cannot be used. Take up to {MaxLength} letters, digits, `.`, `_` and `-`, "
                + "a letter or digit first.");
        }
        var name = Unsafe().Replace(Path.GetFileNameWithoutExtension(fileName).ToLowerInvariant(), "_").Trim('_', '.', '-');
        name = name[..Math.Min(name.Length, MaxLength)].TrimEnd('.');
        return IsValid(name) ? name : "model";
    }

    private static bool IsValid(string id) => Valid().IsMatch(id) && !id.EndsWith('.') && !id.Contains("..", StringComparison.Ordinal) && !Device().IsMatch(id);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex Valid();

    [GeneratedRegex("[^a-z0-9._-]+")]
    private static partial Regex Unsafe();

    // Windows opens a device by these names, whatever follows the dot.
    [GeneratedRegex(@"\A(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|\z)", RegexOptions.IgnoreCase)]
    private static partial Regex Device();
}
