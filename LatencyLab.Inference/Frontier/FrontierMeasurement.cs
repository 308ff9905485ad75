using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Inference.Frontier;

/// <summary>
/// Measures accuracy against latency: every model that tells apart what the base model does, in every precision that there is and in every
/// variant that was made of it, batch 1 on one CPU thread. All configurations take one turn a round, in random order, so that what disturbs a
/// round disturbs them all.
/// </summary>
/// <param name="catalogue">The models.</param>
/// <param name="preparer">Makes INT8 files that models do not ship with, where it can.</param>
/// <param name="gate">Each round waits for its turn there and then has the classifier to itself.</param>
/// <param name="time">Stamps the result.</param>
/// <param name="made">The variants that were made here; null for none.</param>
public sealed class FrontierMeasurement(
    ModelCatalogue catalogue, IModelPreparer preparer, ClassifierGate gate, TimeProvider time, MadeVariants? made = null)
{
    private const int WarmupRounds = 2;

    /// <summary>Measures; nothing is remembered from earlier measurements.</summary>
    /// <param name="request">Which models, and how many rounds.</param>
    /// <param name="progress">Share of rounds done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops a model before its next layer.</param>
    /// <exception cref="KeyNotFoundException">There is no such model.</exception>
    /// <exception cref="InvalidModelException">A named model does not have the base's labels, or the base's FP32 file is wrong.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of rounds is out of its range.</exception>
    /// <exception cref="GateFullException">Too many requests are waiting.</exception>
    public async Task<FrontierResult> RunAsync(FrontierRequest request, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        var createdAt = time.GetUtcNow();
        // Accuracies may have been written into cards since they were read.
        catalogue.Refresh();
        var baseModel = catalogue[request.BaseModelId];
        var dataSet = StatedFile.Of(baseModel, Precisions.Fp32)!.DataSet;
        var problems = new List<string>();
        var contenders = new List<FrontierContender>();
        try
        {
            foreach (var configuration in await ConfigurationsAsync(baseModel, request, cancellationToken))
            {
                await AddAsync(configuration, contenders, problems, cancellationToken);
            }
            await MeasureAsync(contenders, request, progress, cancellationToken);
            var environment = EnvironmentProbe.Read();
            var rows = ParetoFront.Mark(Rows(contenders, dataSet, request));
            return new FrontierResult
            {
                CreatedAt = createdAt,
                BaseModelId = baseModel.Id,
                Environment = environment,
                Rounds = request.Rounds,
                DataSet = dataSet,
                Rows = rows,
                Problems = problems,
                Insights = FrontierInsights.Draw(environment, dataSet, rows),
            };
        }
        finally
        {
            contenders.ForEach(contender => contender.Dispose());
        }
    }

    /// <summary>The base's control first, which the speedups refer to.</summary>
    private async Task<IReadOnlyList<FrontierConfiguration>> ConfigurationsAsync(
        Model baseModel, FrontierRequest request, CancellationToken cancellationToken)
    {
        var configurations = new List<FrontierConfiguration>();
        foreach (var model in Models(baseModel, request.ModelIds))
        {
            configurations.AddRange(FrontierConfiguration.Of(model, await Int8Async(model, cancellationToken), made));
        }
        return configurations;
    }

    private IEnumerable<Model> Models(Model baseModel, IReadOnlyCollection<string>? wanted)
    {
        var others = wanted is null
            ? catalogue.Models.Where(model => model.Labels.SequenceEqual(baseModel.Labels))
            : wanted.Select(id => catalogue[id]).Select(model => model.Labels.SequenceEqual(baseModel.Labels) ? model : throw new InvalidModelException(
                $"`{model.Id}` does not tell apart what `{baseModel.Id}` does: their labels differ, so their accuracies cannot be compared."));
        return others.Prepend(baseModel).DistinctBy(model => model.Id);
    }

    private async Task<StatedFile?> Int8Async(Model model, CancellationToken cancellationToken)
    {
        if (StatedFile.Of(model, VariantRegistry.ShippedPrecision(Precisions.Int8)) is { } shipped)
        {
            return shipped;
        }
        try
        {
            return StatedFile.OnDemand(await Task.Run(
                () => preparer.PrepareAsync(model, Precisions.Int8, progress: null, cancellationToken), cancellationToken));
        }
        catch (InvalidModelException)
        {
            // No calibration pictures: then there is no INT8 of this model here.
            return null;
        }
    }

    /// <summary>Loads one configuration; only the first, the base's control, must not fail, since all others are held against it.</summary>
    private static async Task AddAsync(
        FrontierConfiguration configuration, List<FrontierContender> contenders, List<string> problems, CancellationToken cancellationToken)
    {
        try
        {
            await configuration.File.VerifyAsync(cancellationToken);
            contenders.Add(await Task.Run(() => new FrontierContender(configuration), cancellationToken));
        }
        catch (Exception error) when (contenders.Count > 0 && error is InvalidModelException or OnnxRuntimeException)
        {
            problems.Add($"{configuration.Model.Id} {configuration.Options.Id}: {error.Message}");
        }
    }

    private async Task MeasureAsync(
        List<FrontierContender> contenders, FrontierRequest request, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var random = new Random(request.Seed);
        var order = contenders.ToArray();
        var total = WarmupRounds + request.Rounds;
        for (var round = 0; round < total; round++)
        {
            random.Shuffle(order);
            using (await gate.EnterAloneAsync(admitted: round > 0, cancellationToken))
            {
                var isWarmup = round < WarmupRounds;
                await Task.Run(() => Array.ForEach(order, contender => Turn(contender, isWarmup, cancellationToken)), cancellationToken);
            }
            progress?.Report((round + 1.0) / total);
        }
    }

    private static void Turn(FrontierContender contender, bool isWarmup, CancellationToken cancellationToken)
    {
        if (isWarmup)
        {
            contender.WarmUp(cancellationToken);
        }
        else
        {
            contender.Sample(cancellationToken);
        }
    }

    private static FrontierRow[] Rows(List<FrontierContender> contenders, string? dataSet, FrontierRequest request)
    {
        var reference = contenders[0];
        double? Top1(FrontierContender contender) => contender.Configuration.Stated.Top1(dataSet);
        return [.. contenders.Select(contender => new FrontierRow
        {
            ModelId = contender.Configuration.Model.Id,
            Precision = contender.Configuration.Options.Precision,
            VariantId = contender.Configuration.Options.Id,
            Top1 = Top1(contender),
            DropPoints = 100 * (Top1(reference) - Top1(contender)),
            InferenceP50Ms = Percentile.Of([.. contender.SamplesMs.Order()], 0.5),
            Speedup = BootstrapRatio.Paired([.. reference.SamplesMs], [.. contender.SamplesMs], request.Seed),
            SizeBytes = contender.Configuration.File.SizeBytes,
            OnFrontier = false,
        })];
    }
}
