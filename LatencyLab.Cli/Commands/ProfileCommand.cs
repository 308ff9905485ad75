using System.CommandLine;
using LatencyLab.Inference.Sessions;
using LatencyLab.Inference.Sweeps;

namespace LatencyLab.Cli.Commands;

/// <summary><c>latencylab profile [MODEL] --batches 1,2,4 --sizes 128,224 --variant V --runs N [--resume FILE] [--output FILE]</c></summary>
internal static class ProfileCommand
{
    public static Command Create()
    {
        var (common, options) = (new CommonOptions(), new ProfileCommandOptions());
        var command = new Command("profile", "Sweeps batch size, input size and variant: latency, throughput, peak memory, cold start and warm-up.");
        options.AddTo(command);
        common.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var values = common.Read(parsed);
            await using var laboratory = new Laboratory(values);
            var wishes = options.Read(parsed, laboratory);
            var header = wishes.Settings is { } settings ? SweepRunner.Begin(settings, DateTimeOffset.UtcNow) : HeaderOf(wishes.JournalPath!, wishes.ModelId);
            var variants = await VariantsAsync(laboratory, header.Settings, cancellationToken);
            SweepRunner.Check(header, variants);
            // Only now: what cannot be measured leaves no journal behind.
            var path = wishes.JournalPath ?? NewJournal(header);
            try
            {
                var result = await MeasureAsync(laboratory, path, variants, values.Json, cancellationToken);
                await (wishes.Output?.WriteAsync(result, cancellationToken) ?? Task.CompletedTask);
                Print(result, values.Json);
            }
            catch (Exception error) when (error is OperationCanceledException or IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync($"latencylab: go on with `latencylab profile --resume {path}`.");
                throw;
            }
            // Only now is the result where it was to go.
            File.Delete(path);
            return 0;
        });
        return command;
    }

    private static SweepHeader HeaderOf(string path, string? modelId)
    {
        var header = SweepJournal.ReadHeader(path);
        return modelId is null || modelId == header.Settings.ModelId
            ? header
            : throw new UsageException($"{path} is of {header.Settings.ModelId}, not of {modelId}. Leave the model out, or name a journal of {modelId} after --resume.");
    }

    private static async Task<Variant[]> VariantsAsync(Laboratory laboratory, SweepSettings settings, CancellationToken cancellationToken)
    {
        var entries = await laboratory.LoadAsync(laboratory.Model(settings.ModelId).Id, [.. settings.VariantIds], cancellationToken);
        return [.. entries.Select(entry => entry.Variant ?? throw new SweepException($"{entry.Options.Id}: {entry.Status.Message}"))];
    }

    /// <summary>Begins a journal, and says where it is: however hard the process ends, it can be gone on with.</summary>
    private static string NewJournal(SweepHeader header)
    {
        var path = Path.Combine(Path.GetTempPath(), $"latencylab-profile-{header.Id}.jsonl");
        SweepJournal.Create(path, header).Dispose();
        Console.Error.WriteLine($"latencylab: keeps what it measures in {path}; after an interruption go on with --resume and that file.");
        return path;
    }

    private static async Task<SweepResult> MeasureAsync(Laboratory laboratory, string path, Variant[] variants, bool json, CancellationToken cancellationToken)
    {
        using var journal = SweepJournal.Open(path);
        return await Output.WithProgressAsync("profiling", json, progress =>
            laboratory.Get<SweepRunner>().RunAsync(journal, variants, new ShareOf(progress), cancellationToken));
    }

    private static void Print(SweepResult result, bool json)
    {
        if (json)
        {
            Output.Json(result);
        }
        else
        {
            ProfileText.Print(result);
        }
    }

    private sealed class ShareOf(IProgress<double> progress) : IProgress<SweepProgress>
    {
        public void Report(SweepProgress value) => progress.Report(value.Share);
    }
}
