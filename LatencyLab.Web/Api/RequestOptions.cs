using System.Globalization;

namespace LatencyLab.Web.Api;

/// <summary>Options of requests with their ranges.</summary>
internal static class RequestOptions
{
    /// <summary>A whole number from the query or the form.</summary>
    /// <exception cref="ApiException">It is no number, or out of its range.</exception>
    public static int Number(HttpRequest request, string name, int fallback, int low, int high)
    {
        var text = PictureReader.Option(request, name);
        if (text is null)
        {
            return fallback;
        }
        return int.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high
            ? value
            : throw new ApiException(Problems.BadOption, $"`{name}` must be a whole number from {low} to {high}, not `{text}`.");
    }
}
