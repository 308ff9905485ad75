using System.Globalization;

namespace LatencyLab.Web.Api;

/// <summary>Options that are whole numbers, from the query or the form.</summary>
internal static class NumberOption
{
    /// <summary>The option's value, or the fallback where it is absent.</summary>
    /// <exception cref="ApiException">It is no whole number, or out of its range.</exception>
    public static int Read(HttpRequest request, string name, int fallback, int low, int high)
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
