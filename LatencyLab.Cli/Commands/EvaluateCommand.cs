using System.CommandLine;
using LatencyLab.Inference.Evaluation;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Sessions;

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
            var problems = Problems(entries, wanted);
            List<Variant> loaded = [.. entries.Select(entry => entry.Variant).OfType<Variant>()];
            using var further = new LoadedFiles(
                parsed.GetValue(allFiles) ? await laboratory.Get<FurtherFiles>().LoadAsync(subject, loaded, cancellationToken) : []);
            loaded.AddRange(further.Variants);
            var writer = laboratory.Get<AccuracyWriter>();
            if (name is not null)
            {
                writer.RefuseUnlessWritable(loaded);
            }
            var result = await Output.WithProgressAsync("evaluating", values.Json, progress => Task.Run(() => Evaluator.Run(
                Path.GetFileName(parsed.GetValue(data)!.TrimEnd('/', '\\')), pictures, loaded,
                laboratory.Get<IImageDecoder>(), new ShareOfPictures(progress, pictures.Count), cancellationToken)));
            result = result with { Problems = problems, Written = name is null ? null : writer.Write(result, loaded, name) };
            if (values.Json)
            {
                Output.Json(result);
            }
            else
            {
                EvaluateText.Print(result);
            }
            return problems.Length == 0 ? 0 : 1;
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

    /// <summary>The variants that do not answer, and why. The first, and those that were asked for by name, must.</summary>
    private static string[] Problems(IReadOnlyList<VariantEntry> entries, string[]? wanted)
    {
        string[] problems = [.. entries.Where(entry => entry.Variant is null).Select(entry => $"{entry.Options.Id}: {entry.Status.Message}")];
        return problems.Length > 0 && (wanted is not null || entries[0].Variant is null) ? throw new IOException(problems[0]) : problems;
    }

    /// <summary>Files that only this evaluation runs.</summary>
    private sealed record LoadedFiles(IReadOnlyList<Variant> Variants) : IDisposable
    {
        public void Dispose()
        {
            foreach (var variant in Variants)
            {
                variant.Dispose();
            }
        }
    }

    private sealed class ShareOfPictures(IProgress<double> progress, int total) : IProgress<int>
    {
        public void Report(int value) => progress.Report((double)value / total);
    }
}
