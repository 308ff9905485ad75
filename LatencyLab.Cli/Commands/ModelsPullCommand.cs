using System.CommandLine;
using System.Globalization;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Models.Catalog;

namespace LatencyLab.Cli.Commands;

/// <summary><c>latencylab models pull ID</c></summary>
internal static class ModelsPullCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var id = new Argument<string>("model") { Description = "Identifier in `models list --published`." };
        var command = new Command("pull", "Fetches a published model; --models names the folder for it, --calibration makes its INT8 at once.") { id };
        common.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var values = common.Read(parsed);
            await using var laboratory = new Laboratory(values);
            var wanted = parsed.GetValue(id)!;
            var puller = laboratory.Get<ModelPuller>().Into(ModelsImportCommand.Importer(laboratory, values));
            if (puller.Published.All.All(model => model.Id != wanted))
            {
                throw new UsageException($"there is no published model `{wanted}`. Known: {string.Join(", ", puller.Published.All.Select(model => model.Id))}.");
            }
            var imported = await Output.WithProgressAsync("pulling", values.Json, progress => puller.PullAsync(wanted, progress, cancellationToken));
            await ModelsImportCommand.FinishAsync(laboratory, imported, values, cancellationToken);
            return 0;
        });
        return command;
    }

    /// <summary>Lists what can be pulled.</summary>
    public static void PrintPublished(Laboratory laboratory, bool json)
    {
        var published = PublishedModelSummary.Of(laboratory.Get<PublishedModels>(), laboratory.Get<ModelCatalogue>());
        if (json)
        {
            Output.Json(published);
            return;
        }
        var table = Output.Table("model", "title", "input", "size", "licence", "verified by", "here");
        foreach (var model in published)
        {
            table.Row(
                model.Id, model.Title, $"{model.InputPx}²",
                model.SizeBytes > 0 ? string.Create(CultureInfo.InvariantCulture, $"{model.SizeBytes / 1e6:0.0} MB") : "not published",
                model.License ?? "not stated", model.Sha256 is { } hash ? $"SHA-256 {hash[..12]}…" : "nothing: no hash is published", model.IsPulled ? "yes" : "no");
        }
        Output.Print(table);
    }
}
