using System.CommandLine;
using LatencyLab.Inference.Evaluation;
using LatencyLab.Inference.Evaluation.Jobs;

namespace LatencyLab.Cli.Commands;

/// <summary><c>latencylab evaluate --data PICTURES [--all-files] [--write [--data-set NAME]] [--against int8|fp16|FILE]</c></summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var data = new Option<string>("--data")
        {
            Description = "Folder or zip archive with one folder a class, or folder with pictures and labels.csv.",
            Required = true,
        };
        var model = new Option<string?>("--model") { Description = "Identifier of the model; the configured default without it." };
        var variants = new Option<string[]?>("--variant") { Description = "Variant to evaluate; may be given several times; all without it." };
        var allFiles = new Option<bool>("--all-files")
        {
            Description = "Evaluate also the files of the model's card that no variant runs on this processor, for instance int8_seven_bit.",
        };
        var write = new Option<bool>("--write")
        {
            Description = "Write the accuracies into the model's card, and those of variants that were made here into their index.",
        };
        var dataSet = new Option<string?>("--data-set")
        {
            Description = "With --write: name of the data set; the name of --data without it. Accuracies under one name are held against each other.",
        };
        var against = new Option<string?>("--against")
        {
            Description = "int8, fp16 or an ONNX file: how far it answers as the model's FP32 file does, on any pictures; their classes are not needed.",
        };
        var heldOut = new Option<int>("--held-out")
        {
            Description = "With --against: leave out the pictures that `quantize --pictures N` takes from this folder.",
        };
        var command = new Command("evaluate", "Measures the accuracy of a model's variants on pictures whose classes are known, or their agreement with FP32 on any.")
        {
            data, model, variants, allFiles, write, dataSet, against, heldOut,
        };
        common.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var values = common.Read(parsed);
            var name = DataSetName(parsed.GetValue(dataSet), parsed.GetValue(write), parsed.GetValue(data)!);
            await using var laboratory = new Laboratory(values);
            var subject = laboratory.Model(parsed.GetValue(model));
            if (parsed.GetValue(against) is { } other)
            {
                return name is null && !parsed.GetValue(allFiles)
                    ? await EvaluateAgainst.RunAsync(laboratory, values, subject, parsed.GetValue(data)!, other, parsed.GetValue(heldOut), cancellationToken)
                    : throw new UsageException("--against tells an agreement, not an accuracy: it does not go with --write or --all-files.");
            }
            var pictures = LabelledPictures.Find(parsed.GetValue(data)!, subject);
            var wanted = parsed.GetValue(variants) is { Length: > 0 } ids ? ids : null;
            var entries = await laboratory.LoadAsync(subject.Id, wanted, cancellationToken);
            var request = new EvaluateRequest
            {
                ModelId = subject.Id,
                Data = Path.GetFileName(parsed.GetValue(data)!.TrimEnd('/', '\\')),
                VariantIds = wanted,
                AllFiles = parsed.GetValue(allFiles),
                DataSet = name,
            };
            var result = await Output.WithProgressAsync("evaluating", values.Json, progress => Task.Run(() => laboratory.Get<EvaluateWork>().RunAsync(
                request, entries, pictures, EvaluationPace.Full, progress, cancellationToken)));
            if (values.Json)
            {
                Output.Json(result);
            }
            else
            {
                EvaluateText.Print(result);
            }
            return result.Problems.Count == 0 ? 0 : 1;
        });
        return command;
    }

    /// <summary>The name to write accuracies under; null where none are written.</summary>
    private static string? DataSetName(string? given, bool write, string data)
    {
        if (!write)
        {
            return given is null ? null : throw new UsageException("--data-set names what --write writes: give both.");
        }
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(data));
        var name = given ?? (Directory.Exists(path) ? Path.GetFileName(path) : Path.GetFileNameWithoutExtension(path));
        return string.IsNullOrWhiteSpace(name) ? throw new UsageException("--data-set must not be empty.") : name;
    }
}
