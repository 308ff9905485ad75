using System.CommandLine;
using LatencyLab.Inference.Measurement.Load;
using LatencyLab.Inference.Measurement.Load.Search;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Cli.Commands;

/// <summary><c>latencylab load --variant V --open-loop --rate R | --closed-loop --clients N | --find-rate --p99 MS</c></summary>
internal static class LoadCommand
{
    public static Command Create()
    {
        var (common, options) = (new CommonOptions(), new LoadCommandOptions());
        var command = new Command("load", "Puts load on a variant, in this process or over HTTP, and shows its latencies.");
        options.AddTo(command);
        common.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (values, wishes) = (common.Read(parsed), options.Read(parsed));
            await using var laboratory = new Laboratory(values);
            var (target, owned) = await TargetAsync(laboratory, wishes, cancellationToken);
            using (owned)
            {
                return wishes.FindRate is { } search
                    ? await SearchAsync(target, search, values.Json, cancellationToken)
                    : await LoadAsync(target, wishes.Load, values.Json, cancellationToken);
            }
        });
        return command;
    }

    private static async Task<int> LoadAsync(ILoadTarget target, LoadOptions options, bool json, CancellationToken cancellationToken)
    {
        var result = await Output.WithProgressAsync("loading", json, progress =>
            LoadRun.Start(target, options, new ShareOfRun(progress), cancellationToken).Completion);
        if (json)
        {
            Output.Json(result);
        }
        else
        {
            LoadText.Print(result);
        }
        return result.Samples > 0 ? 0 : 1;
    }

    private static async Task<int> SearchAsync(ILoadTarget target, RateSearchOptions options, bool json, CancellationToken cancellationToken)
    {
        var result = await Output.WithProgressAsync("searching", json, progress =>
            RateSearch.RunAsync(target, options, new ShareOfSearch(progress), cancellationToken));
        if (json)
        {
            Output.Json(result);
        }
        else
        {
            LoadText.Print(result);
        }
        return result.RatePerSecond is null ? 1 : 0;
    }

    private static async Task<(ILoadTarget Target, IDisposable? Owned)> TargetAsync(Laboratory laboratory, LoadWishes wishes, CancellationToken cancellationToken)
    {
        var pictures = new List<ReadOnlyMemory<byte>>();
        foreach (var picture in wishes.Pictures)
        {
            pictures.Add(await File.ReadAllBytesAsync(picture.FullName, cancellationToken));
        }
        string[] names = [.. wishes.Pictures.Select(picture => picture.Name)];
        if (pictures.Count == 0)
        {
            (pictures, names) = ([WarmUpPicture.Encoded], [WarmUpPicture.Name]);
        }
        if (wishes.Service is { } service)
        {
            var http = new HttpLoadTarget(service, wishes.VariantId, wishes.ModelId, pictures) { PictureNames = names };
            return (http, http);
        }
        var entry = (await laboratory.LoadAsync(laboratory.Model(wishes.ModelId).Id, [wishes.VariantId], cancellationToken))[0];
        var variant = entry.Variant ?? throw new LoadTargetException($"{entry.Options.Id}: {entry.Status.Message}");
        return (new VariantLoadTarget(variant, laboratory.Get<ClassifierGate>(), pictures) { PictureNames = names }, null);
    }

    private sealed class ShareOfRun(IProgress<double> progress) : IProgress<LoadSnapshot>
    {
        public void Report(LoadSnapshot value) => progress.Report(value.Progress);
    }

    private sealed class ShareOfSearch(IProgress<double> progress) : IProgress<RateTrial>
    {
        /// <summary>How many trials are left is not known: each takes a fifth of what remains.</summary>
        private const double Step = 0.2;

        private double _share;

        public void Report(RateTrial value) => progress.Report(_share += Step * (1 - _share));
    }
}
