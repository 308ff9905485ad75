using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Api;

/// <summary>The time of one stage of one request.</summary>
internal sealed record StageTime(Stage Stage, double Ms);

/// <summary>One variant's answer.</summary>
internal sealed record ClassifyResult(
    string Variant, string ModelId, IReadOnlyList<Prediction> Predictions, IReadOnlyList<StageTime> Stages, double TotalMs);

/// <summary><c>POST /api/classify/{variant}</c></summary>
internal static class ClassifyEndpoint
{
    private static readonly TimeSpan LoadingRetry = TimeSpan.FromSeconds(2);

    public static void MapClassify(this IEndpointRouteBuilder api) => api.MapPost("/classify/{variant}", ClassifyAsync)
        .WithSummary("Classifies a picture with one variant.")
        .Produces<ClassifyResult>()
        .ProducesPictureProblems();

    private static async Task<ClassifyResult> ClassifyAsync(
        string variant, HttpRequest request, PictureReader pictures, VariantRegistry registry, ClassifierGate gate,
        IOptions<LatencyLabOptions> options, CancellationToken cancellationToken)
    {
        var image = await pictures.ReadAsync(request);
        var modelId = PictureReader.Option(request, "model") ?? options.Value.DefaultModel;
        var ready = Ready(registry.Entries(modelId, [variant])[0]);
        var clock = new StageClock();
        clock.Start();
        using (await gate.EnterAsync(cancellationToken))
        {
            clock.Mark(Stage.Queue);
            var classification = await Task.Run(() => ready.Classify(image.Encoded, clock, cancellationToken), cancellationToken);
            return new ClassifyResult(variant, modelId, classification.Predictions, StagesOf(classification.Times), classification.Times.TotalMs);
        }
    }

    /// <summary>The variant, or the problem that it does not answer yet.</summary>
    /// <exception cref="ApiException">It is not ready, or has failed.</exception>
    public static Variant Ready(VariantEntry entry) => entry.Variant ?? throw entry.Status.State switch
    {
        VariantState.Failed => new ApiException(Problems.VariantFailed, entry.Status.Message ?? "It could not be loaded."),
        _ => new ApiException(Problems.VariantPreparing, $"{entry.Options.Title} is not ready yet: {entry.Status.Message}.") { RetryAfter = LoadingRetry },
    };

    private static StageTime[] StagesOf(StageTimes times) =>
        [.. Enum.GetValues<Stage>().Where(stage => times[stage] > 0 || stage == Stage.Other).Select(stage => new StageTime(stage, times[stage]))];
}
