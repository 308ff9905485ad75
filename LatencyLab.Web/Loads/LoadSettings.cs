using System.Globalization;
using LatencyLab.Inference.Measurement.Load;
using LatencyLab.Inference.Measurement.Load.Arrivals;

namespace LatencyLab.Web.Loads;

/// <summary>What load to put on which variant; the same words as <c>latencylab load</c>.</summary>
public sealed record LoadSettings
{
    /// <summary>A <see cref="Schedule"/>: independent arrivals, as of many people who know nothing of each other.</summary>
    public const string Poisson = "poisson";

    /// <summary>A <see cref="Schedule"/>: arrivals at equal distances.</summary>
    public const string Constant = "constant";

    /// <summary>A <see cref="Schedule"/>: a rate that rises or falls evenly.</summary>
    public const string Ramp = "ramp";

    /// <summary>The model.</summary>
    public required string ModelId { get; init; }

    /// <summary>The variant.</summary>
    public required string VariantId { get; init; }

    /// <summary>Whether each client sends its next request when it has its answer; else requests arrive by the schedule.</summary>
    public bool ClosedLoop { get; init; }

    /// <summary>Requests a second; for a ramp the last rate. Open loop only.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>Requests a second with which a ramp begins.</summary>
    public double FromRatePerSecond { get; init; }

    /// <summary><c>poisson</c>, <c>constant</c> or <c>ramp</c>. Open loop only.</summary>
    public string Schedule { get; init; } = Poisson;

    /// <summary>Clients, each with one request at a time, from 1. Closed loop only.</summary>
    public int Clients { get; init; } = 1;

    /// <summary>Requests that are with the variant at once; 0 for what it works on at once. Open loop only.</summary>
    public int Callers { get; init; }

    /// <summary>The picture that is sent: a sample by its file name, an uploaded one by its identifier; null for a drawn one of 640 × 480 pixels.</summary>
    public string? ImageId { get; init; }

    /// <summary>Measured seconds.</summary>
    public double DurationSeconds { get; init; } = 10;

    /// <summary>Seconds of the same load before, unmeasured.</summary>
    public double WarmupSeconds { get; init; } = 2;

    /// <summary>Makes a Poisson schedule reproducible.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What is wrong, in one sentence with the fix; null where nothing is.</summary>
    public string? Problem(LoadLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return !(DurationSeconds > 0) ? Text($"`duration` must be above 0 seconds, not {DurationSeconds}.")
            : !(WarmupSeconds >= 0) ? Text($"`warmup` must be 0 seconds or more, not {WarmupSeconds}.")
            : !(DurationSeconds + WarmupSeconds <= limits.MaxSeconds) ? Text($"`duration` and `warmup` may be {limits.MaxSeconds} seconds together at most.")
            : ClosedLoop ? (Clients < 1 || Clients > limits.MaxClients ? Text($"`clients` must be 1 to {limits.MaxClients}, not {Clients}.") : null)
            : Callers < 0 || Callers > limits.MaxClients ? Text($"`callers` must be 0 to {limits.MaxClients}, not {Callers}.")
            : RatePerSecond is not { } rate ? "`rate` is missing: say how many requests arrive a second."
            : !(rate > 0 && rate <= limits.MaxRatePerSecond) ? Text($"`rate` must be above 0 and at most {limits.MaxRatePerSecond} a second, not {rate}.")
            : !(FromRatePerSecond >= 0 && FromRatePerSecond <= limits.MaxRatePerSecond) ? Text($"`fromRate` must be 0 to {limits.MaxRatePerSecond} a second, not {FromRatePerSecond}.")
            : Schedule is not (Poisson or Constant or Ramp) ? $"`schedule` must be poisson, constant or ramp, not `{Schedule}`."
            : null;
    }

    /// <summary>The library's options for it.</summary>
    internal LoadOptions ToOptions() => new()
    {
        Schedule = ClosedLoop ? null : Arrivals(),
        Callers = ClosedLoop ? Clients : Callers,
        Duration = TimeSpan.FromSeconds(DurationSeconds),
        Warmup = TimeSpan.FromSeconds(WarmupSeconds),
    };

    private IArrivalSchedule Arrivals() => Schedule switch
    {
        Constant => new ConstantArrivals(RatePerSecond!.Value),
        Ramp => new RampArrivals(FromRatePerSecond, RatePerSecond!.Value, TimeSpan.FromSeconds(DurationSeconds)),
        _ => new PoissonArrivals(RatePerSecond!.Value, Seed),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
