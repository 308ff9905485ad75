using System.CommandLine;
using System.Globalization;
using LatencyLab.Inference.Sweeps;

namespace LatencyLab.Cli.Commands;

/// <summary>What a <c>profile</c> command line asks for.</summary>
/// <param name="Settings">A new profile's; null to go on with one.</param>
/// <param name="JournalPath">Journal to go on with; null for a new profile.</param>
/// <param name="ModelId">The model that was named; null where none was.</param>
/// <param name="Output">File that gets the result; null for none.</param>
internal sealed record ProfileWishes(SweepSettings? Settings, string? JournalPath, string? ModelId, ResultFile? Output);

/// <summary>The arguments of <c>latencylab profile</c>.</summary>
internal sealed class ProfileCommandOptions
{
    private readonly Argument<string?> _model = new("model") { Description = "Identifier of the model; the configured default without it.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string[]> _variants = new("--variant") { Description = "Variant to profile; may be given several times. All local ones without it." };
    private readonly Option<string?> _batches = new("--batches") { Description = "Batch sizes, separated by commas; 1,2,4,8,16 without it." };
    private readonly Option<string?> _sizes = new("--sizes") { Description = "Sides of the input in pixels, separated by commas; the model's own without it." };
    private readonly Option<int> _runs = new("--runs") { Description = "Measured runs of each cell.", DefaultValueFactory = _ => 30 };
    private readonly Option<int> _repetitions = new("--repetitions") { Description = "Visits of each cell, each with a cold start.", DefaultValueFactory = _ => 3 };
    private readonly Option<int> _warmup = new("--warmup") { Description = "Unmeasured runs of a visit at most; they end earlier once the time has settled.", DefaultValueFactory = _ => 60 };
    private readonly Option<string?> _resume = new("--resume") { Description = "Journal of an interrupted profile to go on with." };
    private readonly Option<string?> _output = new("--output") { Description = "File that gets the result as JSON." };

    private Option[] OfNewProfiles => [_variants, _batches, _sizes, _runs, _repetitions, _warmup];

    public void AddTo(Command command)
    {
        command.Arguments.Add(_model);
        foreach (var option in (Option[])[.. OfNewProfiles, _resume, _output])
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="UsageException">An option is out of its range, does not go with another, or names what is not there.</exception>
    public ProfileWishes Read(ParseResult parsed, Laboratory laboratory)
    {
        var output = parsed.GetValue(_output) is { } file ? new ResultFile(file) : null;
        output?.Check(_output.Name);
        var model = parsed.GetValue(_model);
        if (parsed.GetValue(_resume) is not { } journal)
        {
            return new ProfileWishes(Settings(parsed, laboratory, model), null, model, output);
        }
        return OfNewProfiles.Any(option => OptionScope.IsGiven(parsed, option))
            ? throw new UsageException("--resume goes on with what the profile was begun with; leave the other options out.")
            : new ProfileWishes(null, journal, model is null ? null : laboratory.Model(model).Id, output);
    }

    private SweepSettings Settings(ParseResult parsed, Laboratory laboratory, string? model)
    {
        var settings = new SweepSettings
        {
            ModelId = laboratory.Model(model).Id,
            VariantIds = parsed.GetValue(_variants) is { Length: > 0 } ids ? ids : Local(laboratory),
            Batches = Numbers(parsed.GetValue(_batches), "--batches") ?? [1, 2, 4, 8, 16],
            SizesPx = Numbers(parsed.GetValue(_sizes), "--sizes") ?? [],
            Runs = parsed.GetValue(_runs),
            Repetitions = parsed.GetValue(_repetitions),
            WarmupRuns = parsed.GetValue(_warmup),
        };
        return settings.Problem() is { } problem ? throw new UsageException(problem) : settings;
    }

    private static string[] Local(Laboratory laboratory) =>
        [.. laboratory.Options.Variants.Where(variant => variant.Remote is null).Select(variant => variant.Id)];

    private static int[]? Numbers(string? text, string option) => text is null ? null :
    [
        .. text.Split(',', StringSplitOptions.TrimEntries).Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new UsageException($"{option} must be whole numbers separated by commas, not `{text}`.")),
    ];
}
