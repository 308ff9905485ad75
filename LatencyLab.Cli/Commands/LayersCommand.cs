using System.CommandLine;
using LatencyLab.Inference.Layers;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Cli.Commands;

/// <summary><c>latencylab models layers MODEL --variant V [--against V2]</c></summary>
internal static class LayersCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var model = new Argument<string>("model") { Description = "Identifier of the model." };
        var variant = new Option<string>("--variant") { Description = "Variant to profile.", Required = true };
        var against = new Option<string?>("--against") { Description = "Second variant, held against the first layer by layer." };
        var runs = new Option<int>("--runs") { Description = "Profiled runs, 1 to 1000.", DefaultValueFactory = _ => 50 };
        var threads = new Option<int?>("--threads") { Description = "Intra-op threads, 1 to 256; as many as the variant has without it." };
        var command = new Command("layers", "Shows where the inference time of a variant goes, layer by layer, and how far each layer is from the machine's peak.")
        {
            model, variant, against, runs, threads,
        };
        common.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var values = common.Read(parsed);
            await using var laboratory = new Laboratory(values);
            var modelId = laboratory.Model(parsed.GetValue(model)).Id;
            var first = parsed.GetValue(variant)!;
            string[] ids = parsed.GetValue(against) is { } second ? [first, second] : [first];
            var count = InRange(parsed.GetValue(runs), LayerProfileRequest.MaxRuns, "--runs");
            var width = parsed.GetValue(threads) is { } wanted ? InRange(wanted, LayerProfileRequest.MaxThreads, "--threads") : (int?)null;
            var profiles = await ProfileAsync(laboratory, modelId, ids, count, width, values.Json, cancellationToken);
            if (profiles is [var left, var right])
            {
                Print(LayerDiffer.Diff(left, right), values.Json);
            }
            else
            {
                Print(profiles[0], values.Json);
            }
            return 0;
        });
        return command;
    }

    private static async Task<IReadOnlyList<LayerProfile>> ProfileAsync(
        Laboratory laboratory, string modelId, string[] ids, int runs, int? threads, bool json, CancellationToken cancellationToken)
    {
        var entries = await laboratory.LoadAsync(modelId, ids, cancellationToken);
        var profiles = new List<LayerProfile>();
        foreach (var id in ids)
        {
            var entry = entries.Single(entry => entry.Options.Id == id);
            var request = new LayerProfileRequest { Variant = Local(entry), Runs = runs, Threads = threads };
            profiles.Add(await Output.WithProgressAsync($"profiling {id}", json, progress =>
                laboratory.Get<LayerProfiler>().ProfileAsync(request, progress, cancellationToken)));
        }
        return profiles;
    }

    private static Variant Local(VariantEntry entry)
    {
        if (entry.Options.Remote is not null)
        {
            throw new UsageException($"--variant: `{entry.Options.Id}` runs on another machine, its layers cannot be seen from here.");
        }
        return entry.Variant ?? throw new IOException($"{entry.Options.Id}: {entry.Status.Message}");
    }

    private static int InRange(int value, int high, string option) =>
        value >= 1 && value <= high ? value : throw new UsageException($"{option} must be 1 to {high}, not {value}.");

    private static void Print(LayerProfile profile, bool json)
    {
        if (json)
        {
            Output.Json(profile);
        }
        else
        {
            LayersText.Print(profile);
        }
    }

    private static void Print(LayerDiff diff, bool json)
    {
        if (json)
        {
            Output.Json(diff);
        }
        else
        {
            LayersText.Print(diff);
        }
    }
}
