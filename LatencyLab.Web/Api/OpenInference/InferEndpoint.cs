using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Remote;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Web.Api.OpenInference;

/// <summary><c>POST /v2/models/{model}[/versions/{version}]/infer</c></summary>
internal static class InferEndpoint
{
    private static readonly TimeSpan LoadingRetry = TimeSpan.FromSeconds(2);

    public static void MapInfer(this IEndpointRouteBuilder models, string path) => models.MapPost(path, InferAsync)
        .WithSummary("Runs a model on one prepared picture: JSON numbers or raw tensors behind the JSON, both ways.")
        .Accepts<object>("application/json", OpenInferenceProtocol.BinaryMediaType)
        .Produces<object>()
        .Produces<OpenInferenceError>(StatusCodes.Status400BadRequest)
        .Produces<OpenInferenceError>(StatusCodes.Status404NotFound)
        .Produces<OpenInferenceError>(StatusCodes.Status413PayloadTooLarge)
        .Produces<OpenInferenceError>(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> InferAsync(
        string model, string? version, HttpRequest request, VariantRegistry registry, ClassifierGate gate, CancellationToken cancellationToken)
    {
        var variant = Ready(ModelVersions.Of(registry, model, version));
        using var body = await RequestBody.ReadAsync(request, InferRequest.LongestBytes(variant.Model), cancellationToken);
        var infer = InferRequest.Read(body.Bytes, request.Headers[OpenInferenceProtocol.HeaderLength], variant.Model);
        var logits = new float[variant.Model.Card.NumClasses];
        var clock = new StageClock();
        clock.Start();
        using (await gate.EnterAsync(cancellationToken))
        {
            clock.Mark(Stage.Queue);
            await Task.Run(
                () => variant.Infer(MemoryMarshal.Cast<byte, float>(infer.Tensor.Span), logits, clock, cancellationToken), cancellationToken);
        }
        if (!TensorPrimitives.IsFiniteAll<float>(logits))
        {
            throw new OpenInferenceException(
                StatusCodes.Status400BadRequest,
                "The input makes the model answer with numbers that are not finite. Check that it was normalized.");
        }
        return new InferResult(variant, infer, logits, clock.MillisecondsOf(Stage.Inference));
    }

    private static Variant Ready(VariantEntry entry) => entry.Variant ?? throw entry.Status.State switch
    {
        VariantState.Failed => new OpenInferenceException(
            StatusCodes.Status503ServiceUnavailable, entry.Status.Message ?? "It could not be loaded."),
        _ => new OpenInferenceException(
            StatusCodes.Status503ServiceUnavailable, $"{entry.Options.Title} is not ready yet: {entry.Status.Message}.")
        {
            RetryAfter = LoadingRetry,
        },
    };
}
