using System.ComponentModel.DataAnnotations;

namespace LatencyLab.Web.Audience;

/// <summary>Whether phones may send photos into a running demo, and how many. Bound from <c>LatencyLab:Audience</c>; validated at start.</summary>
public sealed class AudienceOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "LatencyLab:Audience";

    /// <summary>Whether there is a door at all; a presenter opens it.</summary>
    /// <value>The default value is false.</value>
    public bool Enabled { get; init; }

    /// <summary>Address under which phones reach this server, for instance <c>https://demo.example</c>.</summary>
    /// <value>By default the address under which the presenter has opened the page.</value>
    public string? PublicAddress { get; init; }

    /// <summary>
    /// What makes a presenter of whoever opens <c>/live?key=KEY</c>, from another machine or through a proxy. On the machine itself none is needed.
    /// </summary>
    /// <value>At least 12 characters. By default there is none, and only whoever is at the machine presents.</value>
    [MinLength(12, ErrorMessage = "LatencyLab:Audience:PresenterKey must have at least 12 characters. Without it only this machine presents.")]
    public string? PresenterKey { get; init; }

    /// <summary>Photos that may wait for the presenter; further ones are told to wait.</summary>
    /// <value>The default value is 8.</value>
    [Range(1, 100)]
    public int WaitingPictures { get; init; } = 8;

    /// <summary>How long a photo waits for the presenter before it is removed.</summary>
    /// <value>Minutes. The default value is 5.</value>
    [Range(1, 60)]
    public int WaitingMinutes { get; init; } = 5;

    /// <summary>
    /// Photos that one address may send in a minute; loopback is exempt. A hall often shares one address. 0 switches the limit off.
    /// </summary>
    /// <value>The default value is 30.</value>
    [Range(0, 10_000)]
    public int PicturesPerMinute { get; init; } = 30;
}
