using System.Globalization;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Optimization.Jobs;

namespace LatencyLab.Web.Api;

/// <summary><c>POST /api/models/{id}/quantize</c></summary>
internal static class QuantizeEndpoint
{
    public static void MapQuantize(this IEndpointRouteBuilder api) => api.MapPost("/models/{id}/quantize", QuantizeAsync)
        .WithSummary(
            "Starts quantizing a model into a new variant. Options: method, precision, maxDrop (points of agreement with FP32 that may be lost). "
            + "Calibration pictures as multipart fields `image`; without any, those of the configured folder.")
        .Produces<JobStatus>(StatusCodes.Status202Accepted)
        .ProducesPictureProblems();

    private static async Task<IResult> QuantizeAsync(
        string id, HttpRequest request, CalibrationUpload upload, BrowserForgery forgery, QuantizeJobs jobs)
    {
        await forgery.RefuseWithoutHeaderAsync(request);
        var (pictures, fields) = await upload.ReadAsync(request);
        string? Option(string name) => request.Query[name].FirstOrDefault() is { Length: > 0 } value ? value
            : fields.GetValueOrDefault(name) is { Length: > 0 } field ? field : null;
        var defaults = new QuantizeRequest { ModelId = id };
        return JobsEndpoints.Started(jobs.Start(defaults with
        {
            Method = Option("method") ?? defaults.Method,
            Precision = Option("precision") ?? defaults.Precision,
            MaxDropPoints = Option("maxDrop") is { } points ? Points(points) : null,
            Pictures = pictures.Count > 0 ? pictures : null,
        }));
    }

    private static double Points(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var points)
        ? points
        : throw new ApiException(Problems.BadOption, $"`maxDrop` must be a number of points, not `{text}`.");
}
