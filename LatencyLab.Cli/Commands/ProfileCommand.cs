using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Sessions;
using LatencyLab.Inference.Sweeps;

namespace LatencyLab.Cli.Commands;

/// <summary><c>latencylab profile [MODEL] --batches 1,2,4 --sizes 128,224 --variant V --runs N [--resume FILE] [--output FILE]</c></summary>
internal static class ProfileCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var model = new Argument<string?>("model") { Description = "Identifier of the model; the configured default without it.", Arity = ArgumentArity.ZeroOrOne };
        var variants = new Option<string[]>("--variant") { Description = "Variant to profile; may be given several times. All local ones without it." };
        var batches = new Option<string?>("--batches") { Description = "Batch sizes, separated by commas; 1,2,4,8,16 without it." };
        var sizes = new Option<string?>("--sizes") { Description = "Sides of the input in pixels, separated by commas; the model's own without it." };
        var runs = new Option<int>("--runs") { Description = "Measured runs of each cell.", DefaultValueFactory = _ => 30 };
        var repetitions = new Option<int>("--repetitions") { Description = "Visits of each cell, each with a cold start.", DefaultValueFactory = _ => 3 };
        var warmup = new Option<int>("--warmup") { Description = "Unmeasured runs of a visit at most; they end earlier once the time has settled.", DefaultValueFactory = _ => 60 };
        var resume = new Option<string?>("--resume") { Description = "Journal of an interrupted profile to go on with." };
        var output = new Option<string?>("--output") { Description = "File that gets the result as JSON." };
        var command = new Command("profile", "Sweeps batch size, input size and variant: latency, throughput, peak memory, cold start and warm-up.")
        {
            model, variants, batches, sizes, runs, repetitions, warmup, resume, output,
        };
        common.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var values = common.Read(parsed);
            await using var laboratory = new Laboratory(values);
            var path = parsed.GetValue(resume);
            if (path is not null && new Option[] { variants, batches, sizes, runs, repetitions, warmup }.Any(option => parsed.GetResult(option) is { Implicit: false }))
            {
                throw new UsageException("--resume goes on with what the profile was begun with; leave the other options out.");
            }
            SweepSettings Asked() => new()
            {
                ModelId = laboratory.Model(parsed.GetValue(model)).Id,
                VariantIds = parsed.GetValue(variants) is { Length: > 0 } ids ? ids : Local(laboratory),
                Batches = Numbers(parsed.GetValue(batches), "--batches") ?? [1, 2, 4, 8, 16],
                SizesPx = Numbers(parsed.GetValue(sizes), "--sizes") ?? [],
                Runs = parsed.GetValue(runs),
                Repetitions = parsed.GetValue(repetitions),
                WarmupRuns = parsed.GetValue(warmup),
            };
            path ??= NewJournal(Asked());
            var result = await RunAsync(laboratory, path, values.Json, cancellationToken);
            if (parsed.GetValue(output) is { } file)
            {
                await File.WriteAllTextAsync(file, JsonSerializer.Serialize(result, ContractJson.Options), cancellationToken);
            }
            if (values.Json)
            {
                Output.Json(result);
            }
            else
            {
                ProfileText.Print(result);
            }
            return 0;
        });
        return command;
    }

    private static string NewJournal(SweepSettings settings)
    {
        if (settings.Problem() is { } problem)
        {
            throw new UsageException(problem);
        }
        var header = SweepRunner.Begin(settings, DateTimeOffset.UtcNow);
        var path = Path.Combine(Path.GetTempPath(), $"latencylab-profile-{header.Id}.jsonl");
        SweepJournal.Create(path, header).Dispose();
        return path;
    }

    private static async Task<SweepResult> RunAsync(Laboratory laboratory, string path, bool json, CancellationToken cancellationToken)
    {
        using var journal = SweepJournal.Open(path);
        var settings = journal.Header.Settings;
        var entries = await laboratory.LoadAsync(laboratory.Model(settings.ModelId).Id, [.. settings.VariantIds], cancellationToken);
        Variant[] variants = [.. entries.Select(entry => entry.Variant ?? throw new SweepException($"{entry.Options.Id}: {entry.Status.Message}"))];
        try
        {
            var result = await Output.WithProgressAsync("profiling", json, progress =>
                laboratory.Get<SweepRunner>().RunAsync(journal, variants, new ShareOf(progress), cancellationToken));
            File.Delete(path);
            return result;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"latencylab: go on with `latencylab profile --resume {path}`.");
            throw;
        }
    }

    private static string[] Local(Laboratory laboratory) =>
        [.. laboratory.Options.Variants.Where(variant => variant.Remote is null).Select(variant => variant.Id)];

    private static int[]? Numbers(string? text, string option) => text is null ? null :
    [
        .. text.Split(',', StringSplitOptions.TrimEntries).Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new UsageException($"{option} must be whole numbers separated by commas, not `{text}`.")),
    ];

    private sealed class ShareOf(IProgress<double> progress) : IProgress<SweepProgress>
    {
        public void Report(SweepProgress value) => progress.Report(value.Share);
    }
}
