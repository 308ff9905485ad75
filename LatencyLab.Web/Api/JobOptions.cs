using System.Globalization;

namespace LatencyLab.Web.Api;

/// <summary>The options of a request that starts a job: query values, else form fields. What comes several times is joined by commas.</summary>
/// <param name="query">The query.</param>
/// <param name="fields">The form's fields; none where there is no form.</param>
internal sealed class JobOptions(IQueryCollection query, IReadOnlyDictionary<string, string> fields)
{
    /// <summary>The option as it was written; null where it is absent or empty.</summary>
    public string? Text(string name) => query[name].ToString() is { Length: > 0 } value ? value
        : fields.GetValueOrDefault(name) is { Length: > 0 } field ? field : null;

    /// <summary>Names, separated by commas.</summary>
    public IReadOnlyList<string> Names(string name) =>
        Text(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Whether something is wished.</summary>
    /// <exception cref="ApiException">It is neither true nor false.</exception>
    public bool Flag(string name) => ReadFlag(name, Text(name));

    /// <summary>Whether an option's text wishes something.</summary>
    /// <exception cref="ApiException">It is neither true nor false.</exception>
    public static bool ReadFlag(string name, string? text) => text switch
    {
        // A browser sends "on" for a box that is ticked, and nothing for another.
        "on" => true,
        null => false,
        _ when bool.TryParse(text, out var value) => value,
        _ => throw new ApiException(Problems.BadOption, $"`{name}` must be true or false, not `{text}`."),
    };

    /// <summary>A whole number; null where it is absent.</summary>
    /// <exception cref="ApiException">It is none.</exception>
    public int? Whole(string name) => Text(name) is not { } text ? null
        : int.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value
        : throw new ApiException(Problems.BadOption, $"`{name}` must be a whole number, not `{text}`.");

    /// <summary>A number; null where it is absent.</summary>
    /// <exception cref="ApiException">It is no finite number.</exception>
    public double? Number(string name) => Text(name) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value
        : throw new ApiException(Problems.BadOption, $"`{name}` must be a number, not `{text}`.");
}
