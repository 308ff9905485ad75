using System.CommandLine;
using System.Globalization;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Cli.Commands;

/// <summary><c>latencylab models remove ID</c></summary>
internal static class ModelsRemoveCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var id = new Argument<string>("model") { Description = "Identifier of an imported or pulled model." };
        var command = new Command("remove", "Removes an imported or pulled model, or one in the folder that --models names, with the variants made of it.") { id };
        common.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var values = common.Read(parsed);
            await using var laboratory = new Laboratory(values);
            var model = laboratory.Model(parsed.GetValue(id));
            var removed = laboratory.Get<ModelRemover>().AlsoFrom(values.ModelPaths).Remove(model.Id);
            if (values.Json)
            {
                Output.Json(removed);
            }
            else
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{removed.Id} is removed: {removed.SizeBytes / 1e6:0.0} MB in {removed.Folder}")
                    + (removed.Variants.Count > 0 ? $", and of the variants made of it {string.Join(", ", removed.Variants)}" : ""));
            }
            return 0;
        });
        return command;
    }
}
