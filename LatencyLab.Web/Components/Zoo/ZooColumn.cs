namespace LatencyLab.Web.Components.Zoo;

/// <summary>A column of the zoo's table that it can be sorted by.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Key">What a row is sorted by; rows without it come last.</param>
/// <param name="BestIsHigh">Whether the first click sorts downward.</param>
/// <param name="Hint">What the heading means, in a few words; empty where it speaks for itself.</param>
public sealed record ZooColumn(string Title, Func<ZooRow, IComparable?> Key, bool BestIsHigh = false, string Hint = "")
{
    /// <summary>All that can be sorted by, in the order of the table.</summary>
    public static IReadOnlyList<ZooColumn> All { get; } =
    [
        new("Model", row => row.Model.Title),
        new("Top-1", row => row.Model.Top1, BestIsHigh: true, "share of right answers"),
        new("Size", row => row.Model.SizeBytes),
        new("Parameters", row => row.Model.Parameters),
        new("Multiply-adds", row => row.Model.MultiplyAccumulates, Hint: "for one picture"),
        new("Latency", row => row.FastestMs, Hint: "median inference"),
    ];

    /// <summary>Rows in this column's order.</summary>
    public IReadOnlyList<ZooRow> Sort(IEnumerable<ZooRow> rows, bool descending)
    {
        var known = rows.ToLookup(row => Key(row) is not null);
        var sorted = descending ? known[true].OrderByDescending(row => Key(row)) : known[true].OrderBy(row => Key(row));
        return [.. sorted.ThenBy(row => row.Model.Title, StringComparer.Ordinal), .. known[false]];
    }
}
