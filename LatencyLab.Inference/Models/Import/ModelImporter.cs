using System.Security.Cryptography;
using System.Text.Json;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Models.Import;

/// <summary>
/// Takes in an ONNX classifier that nobody vouches for: reads and checks it, runs it once within limits, infers its card, and puts file,
/// labels and card into a folder of their own. Either all of that happens, or nothing is left behind. Safe from several threads.
/// </summary>
/// <param name="folder">Folder of the imported models; created when needed.</param>
/// <param name="limits">What a model may cost; null for the defaults.</param>
/// <param name="catalogue">Learns of the new model, and knows which identifiers are taken; null for none.</param>
public sealed class ModelImporter(string folder, ImportLimits? limits = null, ModelCatalogue? catalogue = null)
{
    private const string ModelFileName = "fp32.onnx";
    private const string LabelsFileName = "labels.txt";
    private const int Steps = 4;

    private readonly ImportLimits _limits = limits ?? new ImportLimits();

    /// <summary>Folder of the imported models.</summary>
    public string Folder { get; } = folder;

    /// <summary>Takes in a model.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="options">What the graph does not say; null to assume what is usual.</param>
    /// <param name="progress">Share done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops it; nothing is left behind.</param>
    /// <exception cref="ModelRefusedException">The model cannot be taken in; the message names the problem and the fix.</exception>
    public async Task<ImportedModel> ImportAsync(
        string path, ImportOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new ImportOptions();
        var name = options.FileName ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        var id = ModelId.Of(options.Id, name);
        RefuseTaken(id);
        // Whether mean and deviation make sense does not depend on the side, which only the graph knows.
        var trial = new TrialRun(name, options, ImportedPreprocessing.Create(options with { ShortSidePx = null }, sidePx: 1));
        var guard = new TrialGuard(name, _limits);
        var (proto, notes) = await Task.Run(() => Read(path, name), cancellationToken);
        progress?.Report(1.0 / Steps);

        using var staging = new StagingFolder(Folder);
        var staged = staging.PathOf(ModelFileName);
        await Task.Run(() => Write(proto, path, staged, changed: notes.Count > 0), cancellationToken);
        var answer = await guard.RunAsync(run => trial.Run(staged, run), cancellationToken);
        progress?.Report(2.0 / Steps);

        var before = proto.Clone();
        notes.AddRange(ClassifierAdaptation.Apply(proto, answer, name));
        if (!proto.Equals(before))
        {
            await Task.Run(() => Write(proto, path, staged, changed: true), cancellationToken);
            answer = await guard.RunAsync(run => trial.Run(staged, run), cancellationToken);
        }
        RefuseProbabilities(answer, name);
        progress?.Report(3.0 / Steps);

        var multiplyAccumulates = await CountAsync(trial, guard, proto, answer.Shape, cancellationToken);
        var labels = ImportedLabels.Read(options.LabelsPath, answer.Logits.Length, notes);
        var preprocessing = ImportedPreprocessing.Create(options, answer.Shape.SidePx);
        notes.AddRange(ImportedPreprocessing.Notes(options, preprocessing));
        await File.WriteAllLinesAsync(staging.PathOf(LabelsFileName), labels, cancellationToken);
        var card = new ModelCard
        {
            Format = 1,
            Id = id,
            Title = options.Title,
            File = ModelFileName,
            Bytes = new FileInfo(staged).Length,
            Sha256 = await HashAsync(staged, cancellationToken),
            Architecture = options.Architecture,
            Task = options.Task,
            Parameters = CountParameters(proto),
            MultiplyAccumulates = multiplyAccumulates,
            Input = new TensorCard { Name = answer.Shape.InputName },
            Output = new TensorCard { Name = answer.Shape.OutputName },
            Preprocessing = preprocessing,
            Labels = LabelsFileName,
            NumClasses = labels.Count,
            Source = JsonSerializer.SerializeToElement(new { name = options.Source ?? $"imported from {name}" }),
            License = options.License,
        };
        ModelCardWriter.Write(card, staging.PathOf(ModelCatalogue.CardFileName));
        cancellationToken.ThrowIfCancellationRequested();
        RefuseTaken(id);
        var cardPath = Path.Combine(staging.Commit(id), ModelCatalogue.CardFileName);
        progress?.Report(1);
        return new ImportedModel(catalogue?.Add(cardPath) ?? ModelCardReader.Read(cardPath), notes);
    }

    private (ModelProto Model, List<string> Notes) Read(string path, string name)
    {
        var model = ForeignModelReader.Read(path, name, _limits);
        var files = ExternalWeights.MoveInto(model, path, name, _limits);
        GraphRules.Check(model, name);
        WeightRules.Check(model, name);
        return (model, files.Count == 0 ? [] : [$"Weights in {string.Join(", ", files)} were moved into the model's file."]);
    }

    private static void Write(ModelProto model, string path, string staged, bool changed)
    {
        if (changed)
        {
            OnnxModelFile.Save(model, staged);
        }
        else
        {
            // To the byte, so that a published hash still holds.
            File.Copy(path, staged);
            // Not read-only, if the original was.
            File.SetAttributes(staged, FileAttributes.Normal);
        }
    }

    internal void RefuseTaken(string id)
    {
        if (catalogue?.Find(id) is not null || Directory.Exists(Path.Combine(Folder, id)))
        {
            throw new ModelRefusedException(ImportRefusal.IdTaken, $"There is a model `{id}` already. Choose another identifier.");
        }
    }

    private static void RefuseProbabilities(TrialAnswer answer, string name)
    {
        if (answer.Logits.All(value => value >= 0) && Math.Abs(answer.Logits.Sum() - 1) < 1e-3)
        {
            throw new ModelRefusedException(
                ImportRefusal.NotClassifier,
                $"{name}: the output `{answer.Shape.OutputName}` holds probabilities, "
                + "and no Softmax at the end that could be removed. Export the model so that it answers with logits.");
        }
    }

    private static async Task<long> CountAsync(TrialRun trial, TrialGuard guard, ModelProto model, ClassifierShape shape, CancellationToken cancellationToken)
    {
        var tensors = MultiplyAccumulates.CountedTensors(model);
        return tensors.Count == 0 ? 0 : MultiplyAccumulates.Count(
            model, await guard.RunAsync(run => trial.ShapesOf(model, shape, tensors, run), cancellationToken));
    }

    /// <summary>Trained values; single numbers, such as the bounds of Clip, are none.</summary>
    private static long CountParameters(ModelProto model) => model.Graph.Initializer
        .Where(tensor => tensor.DataType == (int)TensorProto.Types.DataType.Float && tensor.Dims.Count > 0)
        .Sum(tensor => tensor.Dims.Aggregate(1L, (product, size) => product * size));

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }
}
