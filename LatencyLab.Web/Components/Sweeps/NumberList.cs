using System.Globalization;

namespace LatencyLab.Web.Components.Sweeps;

/// <summary>Whole numbers as a person writes them: separated by commas, semicolons or spaces.</summary>
public static class NumberList
{
    private static readonly char[] Separators = [',', ';', ' '];

    /// <summary>The numbers of a text; null where something in it is none.</summary>
    public static IReadOnlyList<int>? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var numbers = new List<int>();
        foreach (var word in text.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }
            numbers.Add(number);
        }
        return numbers;
    }

    /// <summary>Numbers as <see cref="Parse"/> reads them.</summary>
    public static string Text(IEnumerable<int> numbers) => string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
}
