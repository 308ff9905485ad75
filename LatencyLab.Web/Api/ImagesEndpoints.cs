using LatencyLab.Inference.Imaging;
using LatencyLab.Web.Comparisons;

namespace LatencyLab.Web.Api;

/// <summary>An uploaded picture.</summary>
internal sealed record UploadedImage(string ImageId, string Name, string Format, int WidthPx, int HeightPx, long SizeBytes, string Sha256)
{
    public static UploadedImage Of(string id, ImageFacts facts) =>
        new(id, facts.Name, facts.Format, facts.WidthPx, facts.HeightPx, facts.SizeBytes, facts.Sha256);
}

/// <summary><c>POST /api/images</c></summary>
internal static class ImagesEndpoints
{
    private const int PreviewSidePx = 720;

    public static void MapImages(this IEndpointRouteBuilder api)
    {
        api.MapPost("/images", async (HttpRequest request, PictureReader pictures, ImageStore store) =>
            {
                var image = await pictures.ReadAsync(request);
                return UploadedImage.Of(store.Add(image), image.Facts);
            })
            .WithSummary("Keeps a picture in memory for a while: multipart field `image`, or the raw body.")
            .Produces<UploadedImage>()
            .ProducesPictureProblems();
        api.MapGet("/images/{id}/preview", (string id, ComparisonService comparisons, IImageDecoder decoder) =>
            {
                var image = comparisons.FindStored(id) ?? throw new KeyNotFoundException("This picture is no longer kept.");
                return Results.Bytes(ImagePreview.Create(decoder, image.Encoded, PreviewSidePx), "image/jpeg");
            })
            .WithSummary("A small copy of a kept picture.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>Documents the refusals of every endpoint that takes a picture.</summary>
    public static RouteHandlerBuilder ProducesPictureProblems(this RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
