using System.CommandLine;
using System.Globalization;
using LatencyLab.Inference.Measurement.Load;
using LatencyLab.Inference.Measurement.Load.Arrivals;
using LatencyLab.Inference.Measurement.Load.Search;

namespace LatencyLab.Cli.Commands;

/// <summary>What a <c>load</c> command line asks for; <see cref="FindRate"/> is null unless a rate is searched.</summary>
internal sealed record LoadWishes(
    string VariantId, string? ModelId, Uri? Service, FileInfo[] Pictures, LoadOptions Load, RateSearchOptions? FindRate);

/// <summary>The options of <c>latencylab load</c>.</summary>
internal sealed class LoadCommandOptions
{
    private const double LongestSeconds = 86_400;
    private const double HighestRate = 1_000_000;

    private readonly Option<string> _variant = new("--variant") { Description = "Variant to put load on.", Required = true };
    private readonly Option<string?> _model = new("--model") { Description = "Identifier of the model; the configured default without it." };
    private readonly Option<bool> _open = new("--open-loop") { Description = "Requests arrive by a schedule, whatever became of those before; needs --rate." };
    private readonly Option<bool> _closed = new("--closed-loop") { Description = "Each client sends its next request when it has its answer." };
    private readonly Option<bool> _find = new("--find-rate") { Description = "Searches the highest rate at which p99 keeps a bound; needs --p99." };
    private readonly Option<double?> _rate = new("--rate") { Description = "Requests a second; for a ramp the last rate, for a search the first. Not for a recorded schedule." };
    private readonly Option<double> _from = new("--from-rate") { Description = "Ramp: requests a second with which it begins." };
    private readonly Option<string> _schedule = new("--schedule") { Description = "Open loop: poisson, constant, ramp or recorded.", DefaultValueFactory = _ => "poisson" };
    private readonly Option<FileInfo?> _arrivals = new("--arrivals")
    {
        Description = "Recorded schedule: a file with one arrival a line, ascending, in seconds since the start or, from 86400 on, since any moment, such as "
            + "1970; then they count from the first.",
    };
    private readonly Option<int> _clients = new("--clients") { Description = "Closed loop: clients, each with one request at a time.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _callers = new("--callers") { Description = "Open loop or search: requests that are with the target at once; what it works on at once without it." };
    private readonly Option<double?> _duration = new("--duration")
    {
        Description = "Measured seconds; without it 10, for a recorded schedule its own length, for a search 60 a trial at most.",
    };
    private readonly Option<double> _warmup = new("--warmup") { Description = "Seconds of the same load before, unmeasured.", DefaultValueFactory = _ => 2 };
    private readonly Option<double?> _p99 = new("--p99") { Description = "Search: bound of the 99th percentile in milliseconds." };
    private readonly Option<int> _seed = new("--seed") { Description = "Makes a Poisson schedule reproducible.", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _url = new("--url") { Description = "Address of a LatencyLab to put the load on instead of this process." };
    private readonly Option<FileInfo[]> _pictures = new("--picture") { Description = "Picture to send; several take turns; a drawn one without it." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_variant, _model, _open, _closed, _find, _rate, _from, _schedule, _arrivals, _clients, _callers, _duration, _warmup, _p99, _seed, _url, _pictures])
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="UsageException">The options do not go together, or one is out of its range.</exception>
    public LoadWishes Read(ParseResult parsed)
    {
        bool open = parsed.GetValue(_open), closed = parsed.GetValue(_closed), find = parsed.GetValue(_find);
        if ((open ? 1 : 0) + (closed ? 1 : 0) + (find ? 1 : 0) != 1)
        {
            throw new UsageException("choose one of --open-loop, --closed-loop and --find-rate.");
        }
        RefuseWhatDoesNotApply(parsed, open, closed, find);
        var schedule = open ? Schedule(parsed) : null;
        var load = new LoadOptions
        {
            Schedule = schedule,
            Callers = closed ? InRange(parsed.GetValue(_clients), 1, LoadOptions.MaxCallers, "--clients") : InRange(parsed.GetValue(_callers), 0, LoadOptions.MaxCallers, "--callers"),
            Duration = schedule is RecordedArrivals recorded && parsed.GetValue(_duration) is null ? recorded.Duration : Duration(parsed),
            Warmup = Seconds(parsed.GetValue(_warmup), 0, "--warmup"),
        };
        return new LoadWishes(
            parsed.GetValue(_variant)!, parsed.GetValue(_model), Service(parsed), parsed.GetValue(_pictures) ?? [], load, find ? Search(parsed, load) : null);
    }

    private void RefuseWhatDoesNotApply(ParseResult parsed, bool open, bool closed, bool find)
    {
        var schedule = open ? parsed.GetValue(_schedule) : null;
        OptionScope.RefuseOthers(
            parsed,
            new(_clients, closed, "--closed-loop; how many requests of another load are with the target at once is --callers"),
            new(_callers, !closed, "--open-loop and --find-rate; a closed loop has --clients"),
            new(_p99, find, "--find-rate"),
            new(_schedule, open, "--open-loop"),
            new(_arrivals, schedule == "recorded", "--open-loop --schedule recorded"),
            new(_from, schedule == "ramp", "--open-loop --schedule ramp"),
            new(_rate, find || (open && schedule != "recorded"), "--find-rate and for --open-loop with a schedule that is not recorded"),
            new(_seed, find || schedule == "poisson", "--find-rate and for --open-loop --schedule poisson"));
    }

    private IArrivalSchedule Schedule(ParseResult parsed) => parsed.GetValue(_schedule) switch
    {
        "poisson" => new PoissonArrivals(Rate(parsed), parsed.GetValue(_seed)),
        "constant" => new ConstantArrivals(Rate(parsed)),
        "ramp" => new RampArrivals(InRange(parsed.GetValue(_from), 0, HighestRate, "--from-rate"), Rate(parsed), Duration(parsed)),
        "recorded" => RecordedArrivals.Read(
            parsed.GetValue(_arrivals)?.FullName ?? throw new UsageException("--arrivals is missing: name the file with the recorded schedule.")),
        var other => throw new UsageException($"--schedule must be poisson, constant, ramp or recorded, not {other}."),
    };

    private RateSearchOptions Search(ParseResult parsed, LoadOptions load) => new()
    {
        Bound = TimeSpan.FromMilliseconds(Above0(
            parsed.GetValue(_p99) ?? throw new UsageException("--p99 is missing: say which bound the 99th percentile has to keep, in milliseconds."), "--p99")),
        StartRatePerSecond = parsed.GetValue(_rate) is null ? 10 : Rate(parsed),
        TrialLimit = parsed.GetValue(_duration) is null ? TimeSpan.FromSeconds(60) : load.Duration,
        Warmup = load.Warmup,
        Callers = load.Callers,
        Seed = parsed.GetValue(_seed),
    };

    private double Rate(ParseResult parsed) => InRange(Above0(
        parsed.GetValue(_rate) ?? throw new UsageException("--rate is missing: say how many requests arrive a second."), "--rate"), 0, HighestRate, "--rate");

    private TimeSpan Duration(ParseResult parsed) => TimeSpan.FromSeconds(
        InRange(Above0(parsed.GetValue(_duration) ?? 10, "--duration"), 0, LongestSeconds, "--duration"));

    private Uri? Service(ParseResult parsed) => parsed.GetValue(_url) switch
    {
        null => null,
        var text when Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https") => address,
        var text => throw new UsageException($"--url must be an address such as http://localhost:5000, not {text}."),
    };

    private static TimeSpan Seconds(double value, double low, string option) => TimeSpan.FromSeconds(InRange(value, low, LongestSeconds, option));

    private static double Above0(double value, string option) =>
        value > 0 && double.IsFinite(value) ? value : throw new UsageException(Text($"{option} must be above 0, not {value}."));

    private static T InRange<T>(T value, T low, T high, string option)
        where T : struct, IComparable<T>, IFormattable =>
        value.CompareTo(low) >= 0 && value.CompareTo(high) <= 0 ? value : throw new UsageException(Text($"{option} must be {low} to {high}, not {value}."));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
