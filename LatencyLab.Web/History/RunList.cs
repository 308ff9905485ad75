namespace LatencyLab.Web.History;

/// <summary>Which runs to list. Absent conditions let everything pass.</summary>
public sealed record RunFilter
{
    /// <summary>Most runs on a page.</summary>
    public const int MaxPageSize = 200;

    /// <summary>Only runs of this kind.</summary>
    public string? Kind { get; init; }

    /// <summary>Only runs with this model.</summary>
    public string? Model { get; init; }

    /// <summary>Only runs of machines with this name, see <see cref="RunMachine.Name"/>.</summary>
    public string? Machine { get; init; }

    /// <summary>Only runs whose title, identifier, models, variants or machine contain every word of this.</summary>
    public string? Text { get; init; }

    /// <summary>Only runs that began then or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only runs that began before then.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>The page, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Runs on a page, 1 to <see cref="MaxPageSize"/>.</summary>
    public int PageSize { get; init; } = 25;

    /// <summary>Whether any run is kept out.</summary>
    public bool IsFiltered() => (Kind ?? Model ?? Machine ?? Text) is not null || From is not null || Before is not null;
}

/// <summary>One page of the runs that pass a filter, the newest first.</summary>
/// <param name="Runs">The runs of the page.</param>
/// <param name="Total">All that pass.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="PageSize">Runs on a page at most.</param>
public sealed record RunList(IReadOnlyList<RunSummary> Runs, int Total, int Page, int PageSize);

/// <summary>What there is to filter by.</summary>
/// <param name="Kinds">Kinds of the kept runs.</param>
/// <param name="Models">Their models.</param>
/// <param name="Machines">Names of their machines.</param>
public sealed record RunFacets(IReadOnlyList<string> Kinds, IReadOnlyList<string> Models, IReadOnlyList<string> Machines);
