using System.Globalization;
using System.Text;

namespace LatencyLab.Web.Comparisons;

/// <summary>Rows of CSV (RFC 4180) with invariant numbers.</summary>
internal static class CsvRow
{
    /// <summary>Appends a row.</summary>
    public static void AppendCsvRow(this StringBuilder text, IEnumerable<object?> cells) => text.AppendJoin(',', cells.Select(Escape)).Append("\r\n");

    private static string Escape(object? cell)
    {
        var text = Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "";
        // A spreadsheet would run text that begins like a formula.
        if (cell is string && text.Length > 0 && (text[0] is '=' or '+' or '-' or '@'))
        {
            text = "'" + text;
        }
        return text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
