using System.CommandLine;
using System.Globalization;
using LatencyLab.Inference.Models;

namespace LatencyLab.Cli.Commands;

/// <summary><c>latencylab models list|show|layers|frontier|import|pull|remove</c></summary>
internal static class ModelsCommand
{
    public static Command Create() => new("models", "The models that are found, and those that can be.")
    {
        CreateList(), CreateShow(), LayersCommand.Create(), FrontierCommand.Create(), ModelsImportCommand.Create(), ModelsPullCommand.Create(),
        ModelsRemoveCommand.Create(),
    };

    private static Command CreateList()
    {
        var common = new CommonOptions();
        var published = new Option<bool>("--published") { Description = "Lists the models that `models pull` can fetch instead." };
        var command = new Command("list", "Lists the models.") { published };
        common.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var values = common.Read(parsed);
            await using var laboratory = new Laboratory(values);
            var catalogue = laboratory.Get<ModelCatalogue>();
            if (parsed.GetValue(published))
            {
                ModelsPullCommand.PrintPublished(laboratory, values.Json);
                return 0;
            }
            if (values.Json)
            {
                Output.Json(catalogue.Models.Select(ModelSummary.Of));
            }
            else
            {
                var table = Output.Table("model", "title", "input", "classes", "parameters", "multiply-adds", "FP32", "INT8");
                foreach (var model in catalogue.Models.Select(ModelSummary.Of))
                {
                    table.Row(
                        model.Id, model.Title, $"{model.InputPx}²", Text($"{model.Classes}"), Text($"{model.Parameters / 1e6:0.00} M"),
                        Text($"{model.MultiplyAccumulates / 1e6:0} M"), Text($"{model.SizeBytes / 1e6:0.0} MB"),
                        model.Int8SizeBytes is { } size ? Text($"{size / 1e6:0.0} MB") : "on demand");
                }
                Output.Print(table);
            }
            foreach (var problem in catalogue.Problems)
            {
                Console.Error.WriteLine($"latencylab: {problem}");
            }
            return 0;
        });
        return command;
    }

    private static Command CreateShow()
    {
        var common = new CommonOptions();
        var id = new Argument<string>("model") { Description = "Identifier of the model." };
        var command = new Command("show", "Shows one model's card.") { id };
        common.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            await using var laboratory = new Laboratory(common.Read(parsed));
            var model = laboratory.Model(parsed.GetValue(id));
            if (common.Read(parsed).Json)
            {
                Output.Json(model.Card);
                return 0;
            }
            var table = Output.Table("property", "value");
            foreach (var (name, value) in Facts(model))
            {
                table.Row(name, value);
            }
            Output.Print(table);
            return 0;
        });
        return command;
    }

    private static IEnumerable<(string Name, string Value)> Facts(Model model)
    {
        var summary = ModelSummary.Of(model);
        yield return ("id", model.Id);
        yield return ("title", model.Title);
        yield return ("task", model.Card.Task ?? "not stated");
        yield return ("architecture", model.Card.Architecture ?? "not stated");
        yield return ("input", $"{model.Card.Input.Name}: {summary.InputPx} x {summary.InputPx} RGB");
        yield return ("output", Text($"{model.Card.Output.Name}: {summary.Classes} logits"));
        yield return ("parameters", Text($"{summary.Parameters:N0}"));
        yield return ("multiply-adds", Text($"{summary.MultiplyAccumulates:N0}"));
        yield return ("file", Text($"{model.File.Path} ({summary.SizeBytes:N0} bytes)"));
        yield return ("sha256", model.Card.Sha256 ?? "not stated");
        yield return ("licence", model.Card.License ?? "not stated");
        yield return ("accuracy", model.Card.Accuracy?.ToString() ?? "not stated");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
