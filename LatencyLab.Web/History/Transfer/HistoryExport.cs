namespace LatencyLab.Web.History.Transfer;

/// <summary>The file that carries runs from one machine to another.</summary>
public sealed record HistoryExport
{
    /// <summary>What <see cref="Format"/> must be.</summary>
    public const string FormatName = "latencylab-history";

    /// <summary>The newest layout that this version knows.</summary>
    public const int NewestVersion = 1;

    /// <summary><see cref="FormatName"/>.</summary>
    public required string Format { get; init; }

    /// <summary>Layout of the file, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset ExportedAt { get; init; }

    /// <summary>The runs, the newest first.</summary>
    public required IReadOnlyList<RunRecord> Runs { get; init; }

    /// <summary>A file with runs.</summary>
    public static HistoryExport Of(IReadOnlyList<RunRecord> runs, DateTimeOffset now) =>
        new() { Format = FormatName, Version = NewestVersion, ExportedAt = now, Runs = runs };
}
