using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LatencyLab.Inference.Optimization.Pruning;

namespace LatencyLab.Cli.Commands;

/// <summary><c>latencylab prune MODEL --keep 0.5 --output FILE</c></summary>
internal static class PruneCommand
{
    private const int Rgb = 3;

    public static Command Create()
    {
        var common = new CommonOptions();
        var model = new Argument<string>("model") { Description = "Identifier of a model, or path of an FP32 ONNX file." };
        var output = new Option<FileInfo>("--output") { Description = "ONNX file to write.", Required = true };
        var keep = new Option<double?>("--keep") { Description = "Share of the channels that stay, above 0 to 1; 0.5 without it." };
        var multiplyAdds = new Option<double?>("--multiply-adds") { Description = "Share of the multiply-adds that may stay, above 0 to 1; instead of --keep." };
        var by = new Option<string>("--by")
        {
            Description = "l1: magnitude of a channel's weights; batchnorm: scale of its BatchNormalization.",
            HelpName = string.Join('|', PruningCriteria.Names),
            DefaultValueFactory = _ => PruningCriteria.Names[0],
        };
        var uniform = new Option<bool>("--uniform") { Description = "Take the same share from every layer, instead of the weakest of all." };
        var round = new Option<int>("--round") { Description = "Round channel counts to multiples of this, 1 or more.", DefaultValueFactory = _ => PruningOptions.DefaultChannels };
        var minimum = new Option<int>("--minimum") { Description = "Channels that a layer keeps at least, 1 or more.", DefaultValueFactory = _ => PruningOptions.DefaultChannels };
        var skip = new Option<string[]?>("--skip") { Description = "Layer that keeps its channels; may be given several times." };
        var size = new Option<int?>("--size") { Description = "Side of the picture in pixels, where a file leaves it free." };
        var command = new Command("prune", "Removes the least important channels from a model.")
        {
            model, output, keep, multiplyAdds, by, uniform, round, minimum, skip, size,
        };
        command.Validators.Add(result => RefuseBoth(result, keep, multiplyAdds));
        common.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var values = common.Read(parsed);
            var options = new PruningOptions
            {
                KeepShare = Share(parsed.GetValue(keep), "--keep") ?? PruningOptions.DefaultKeepShare,
                MultiplyAccumulatesShare = Share(parsed.GetValue(multiplyAdds), "--multiply-adds"),
                Criterion = Criterion(parsed.GetValue(by)!),
                Allocation = parsed.GetValue(uniform) ? PruningAllocation.Uniform : PruningAllocation.Global,
                RoundTo = Positive(parsed.GetValue(round), "--round"),
                MinimumChannels = Positive(parsed.GetValue(minimum), "--minimum"),
                Skip = parsed.GetValue(skip) ?? [],
            };
            var (path, card) = await FindAsync(parsed.GetValue(model)!, values, cancellationToken);
            var side = parsed.GetValue(size) is { } given ? Positive(given, "--size") : card;
            var pruned = await Task.Run(
                () => StructuredPruner.Prune(path, options, side is { } px ? [Rgb, px, px] : null, cancellationToken), cancellationToken);
            var target = parsed.GetValue(output)!.FullName;
            pruned.Save(target);
            if (values.Json)
            {
                Output.Json(pruned.Report);
            }
            else
            {
                Print(pruned.Report, target);
            }
            return 0;
        });
        return command;
    }

    // A file needs no card; anything else is looked up.
    private static async Task<(string Path, int? SidePx)> FindAsync(string model, CommonValues values, CancellationToken cancellationToken)
    {
        if (File.Exists(model) || model.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            return (model, null);
        }
        await using var laboratory = new Laboratory(values);
        var found = laboratory.Model(model);
        await found.File.VerifyAsync(cancellationToken);
        return (found.File.Path, found.Card.Preprocessing.Size);
    }

    private static void RefuseBoth(CommandResult result, Option<double?> keep, Option<double?> multiplyAdds)
    {
        if (result.GetResult(keep) is not null && result.GetResult(multiplyAdds) is not null)
        {
            result.AddError("--keep and --multiply-adds exclude each other.");
        }
    }

    private static PruningCriterion Criterion(string name)
    {
        try
        {
            return PruningCriteria.Parse(name);
        }
        catch (FormatException error)
        {
            throw new UsageException($"--by: {error.Message}");
        }
    }

    private static double? Share(double? value, string option) =>
        value is null or (> 0 and <= 1) ? value : throw new UsageException(Text($"{option} must be above 0 and 1 at most, not {value}."));

    private static int Positive(int value, string option) => value >= 1 ? value : throw new UsageException(Text($"{option} must be 1 or more, not {value}."));

    private static void Print(PruningReport report, string path)
    {
        var table = Output.Table("layer", "operator", "channels", "multiply-adds", "left alone");
        foreach (var layer in report.Layers)
        {
            table.Row(
                layer.Name, layer.Operator, Text($"{layer.ChannelsBefore} -> {layer.ChannelsAfter}"),
                Text($"{layer.MultiplyAccumulatesBefore / 1e6:0.000} -> {layer.MultiplyAccumulatesAfter / 1e6:0.000} M"), layer.LeftAlone ?? "");
        }
        Output.Print(table);
        Console.WriteLine(Text($"{path}: {report.KeptShare:P1} of the channels kept by {report.Criterion}, {report.Allocation}"));
        Console.WriteLine(Text(
            $"- multiply-adds {report.MultiplyAccumulatesBefore:N0} -> {report.MultiplyAccumulatesAfter:N0}, {report.MultiplyAccumulatesRemoved:P1} removed"));
        Console.WriteLine(Text($"- parameters {report.ParametersBefore:N0} -> {report.ParametersAfter:N0}, {report.ParametersRemoved:P1} removed"));
        Console.WriteLine(Text(
            $"- {report.SizeBeforeBytes / 1e6:0.00} -> {report.SizeAfterBytes / 1e6:0.00} MB, {report.DenormalsFlushed} denormal weights set to zero, {report.DurationMs / 1000:0.0} s"));
        Console.WriteLine("Without fine-tuning the accuracy is lost: train on from this file (models/training/ shows how), then measure it with `latencylab evaluate`.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
