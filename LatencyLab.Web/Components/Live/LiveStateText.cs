using System.Globalization;
using LatencyLab.Web.Components.Results;
using LatencyLab.Web.Live;

namespace LatencyLab.Web.Components.Live;

/// <summary>What the session's state is called, for eyes and ears alike.</summary>
public static class LiveStateText
{
    /// <summary>One word.</summary>
    public static string Name(this LiveState state) => state switch
    {
        LiveState.Idle => "Ready",
        LiveState.Starting => "Starting",
        LiveState.Running => "Live",
        LiveState.Paused => "Paused",
        LiveState.Stopped => "Stopped",
        _ => "Failed",
    };

    /// <summary>Headline and what it rests on.</summary>
    public static Verdict Headline(this LiveStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        var of = status.ModelTitle is { } title ? $"{title}, {Figures.Count(status.Variants.Count, "variant")}" : "";
        return status.State switch
        {
            LiveState.Idle => new("Latency, live", "Once the load starts, each variant answers the same kind of traffic in turns, and the charts follow."),
            LiveState.Starting => new("Starting…", status.Message ?? of),
            LiveState.Running => new($"{of}, live", $"{status.RatePerSecond.ToString("0.##", CultureInfo.InvariantCulture)} requests a second, arriving by chance. Variants take turns of a second, each alone on the machine."),
            LiveState.Paused => new($"{of}, paused", "Nothing arrives until it goes on."),
            LiveState.Stopped => new(of.Length > 0 ? $"{of}, stopped" : "Stopped", status.Message ?? "These are the last numbers of the run."),
            _ => new("The run ended", status.Message ?? "It failed."),
        };
    }
}
