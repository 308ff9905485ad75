namespace LatencyLab.Web.Api;

/// <summary>The name that a sender gives a file. For display only: nothing is ever opened by it.</summary>
internal static class SenderName
{
    private const int MaxLength = 100;

    /// <summary>The last part of the name, without control characters; null where nothing is left.</summary>
    public static string? Of(string? name)
    {
        var clean = string.Concat((name ?? "").Trim('"').Split('/', '\\')[^1].Where(character => !char.IsControl(character)));
        return clean.Length == 0 ? null : clean[..Math.Min(clean.Length, MaxLength)];
    }
}
