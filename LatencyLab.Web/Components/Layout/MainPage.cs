namespace LatencyLab.Web.Components.Layout;

/// <summary>A page of the main navigation.</summary>
/// <param name="Title">What the link says.</param>
/// <param name="Address">Where it leads.</param>
/// <param name="Prefixes">First segments of the paths that belong to it; the empty one is the site's own address.</param>
public sealed record MainPage(string Title, string Address, params IReadOnlyList<string> Prefixes)
{
    /// <summary>All, in the order of the navigation.</summary>
    public static IReadOnlyList<MainPage> All { get; } =
    [
        // A permalink is the Compare page too.
        new("Compare", "/", "", "comparisons"),
        new("Models", "/models", "models"),
        new("Profile", "/profile", "profile"),
        new("Load", "/load", "load"),
        new("Live", "/live", "live"),
        new("History", "/history", "history"),
    ];

    /// <summary>Whether a path, relative to the site's address, belongs to it.</summary>
    public bool Contains(string relativePath)
    {
        ArgumentNullException.ThrowIfNull(relativePath);
        return Prefixes.Contains(relativePath.Split('/')[0]);
    }
}
