using LatencyLab.Inference.Remote;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Web.Api.OpenInference;

/// <summary>An input or output.</summary>
internal sealed record TensorMetadata(string Name, string Datatype, IReadOnlyList<int> Shape);

/// <summary>What a model takes and gives.</summary>
internal sealed record ModelMetadata(
    string Name, IReadOnlyList<string> Versions, string Platform, IReadOnlyList<TensorMetadata> Inputs, IReadOnlyList<TensorMetadata> Outputs);

/// <summary>Whether a model answers.</summary>
internal sealed record ModelReadiness(string Name, bool Ready);

/// <summary><c>GET /v2/models/{model}[/versions/{version}]</c> and <c>…/ready</c>.</summary>
internal static class ModelEndpoints
{
    private const string Platform = "onnx_onnxv1";

    public static void MapModel(this IEndpointRouteBuilder models, string path)
    {
        models.MapGet(path, Metadata)
            .WithSummary("A model's inputs and outputs; its versions are the variants.")
            .Produces<OpenInferenceError>(StatusCodes.Status404NotFound);
        models.MapGet(path + "/ready", Ready)
            .WithSummary("Whether a model answers; asking starts loading it. 503 until it does.")
            .Produces<ModelReadiness>()
            .Produces<OpenInferenceError>(StatusCodes.Status404NotFound)
            .Produces<ModelReadiness>(StatusCodes.Status503ServiceUnavailable);
    }

    private static ModelMetadata Metadata(string model, string? version, VariantRegistry registry)
    {
        var found = ModelVersions.Of(registry, model, version).Model;
        var card = found.Card;
        var size = card.Preprocessing.Size;
        return new(
            card.Id,
            [.. registry.VariantsOf(found).Select(variant => variant.Id)],
            Platform,
            [new(card.Input.Name, OpenInferenceProtocol.Float32, [1, 3, size, size])],
            [new(card.Output.Name, OpenInferenceProtocol.Float32, [1, card.NumClasses])]);
    }

    private static IResult Ready(string model, string? version, VariantRegistry registry)
    {
        var entry = ModelVersions.Of(registry, model, version);
        var ready = entry.Variant is not null;
        return Results.Json(
            new ModelReadiness(entry.Model.Id, ready), statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
