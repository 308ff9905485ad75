using System.Globalization;

namespace LatencyLab.Web.Api;

/// <summary>Options that are numbers, from the query or the form.</summary>
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

    /// <summary>The option's value, whole or not, or null where it is absent.</summary>
    /// <exception cref="ApiException">It is no finite number.</exception>
    public static double? ReadNumber(HttpRequest request, string name)
    {
        var text = PictureReader.Option(request, name);
        if (text is null)
        {
            return null;
        }
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw new ApiException(Problems.BadOption, $"`{name}` must be a number, not `{text}`.");
    }
}
