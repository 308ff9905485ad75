using System.Globalization;

namespace LatencyLab.Web.History.Storage;

/// <summary>Times as the database keeps them: UTC, ISO 8601, seven decimals. Sorted as text they are sorted in time.</summary>
internal static class StoredTime
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset Read(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
