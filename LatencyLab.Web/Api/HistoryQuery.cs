using System.Globalization;
using LatencyLab.Web.History;

namespace LatencyLab.Web.Api;

/// <summary>The history's options in a query.</summary>
internal static class HistoryQuery
{
    private const int MaxPage = 1_000_000;

    /// <summary>The filter.</summary>
    /// <exception cref="ApiException">A date or number cannot be read.</exception>
    public static RunFilter Filter(HttpRequest request) => new()
    {
        Kind = Text(request, "kind"),
        Model = Text(request, "model"),
        Machine = Text(request, "machine"),
        Text = Text(request, "text"),
        From = Date(request, "from"),
        // The last day is meant with all its hours.
        Before = Date(request, "to")?.AddDays(1),
        Page = NumberOption.Read(request, "page", 1, 1, MaxPage),
        PageSize = NumberOption.Read(request, "pageSize", new RunFilter().PageSize, 1, RunFilter.MaxPageSize),
    };

    /// <summary>The identifiers that are asked for; null where none are named.</summary>
    public static IReadOnlyList<string>? Ids(HttpRequest request) =>
        Text(request, "ids")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray();

    private static string? Text(HttpRequest request, string name) => request.Query[name].ToString() is { Length: > 0 } text ? text : null;

    private static DateTimeOffset? Date(HttpRequest request, string name)
    {
        if (Text(request, name) is not { } text)
        {
            return null;
        }
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
            : throw new ApiException(Problems.BadOption, $"`{name}` must be a date like 2026-03-14 (UTC), not `{text}`.");
    }
}
