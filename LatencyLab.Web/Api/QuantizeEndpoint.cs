using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Optimization.Jobs;

namespace LatencyLab.Web.Api;

/// <summary><c>POST /api/models/{id}/quantize</c></summary>
internal static class QuantizeEndpoint
{
    public static void MapQuantize(this IEndpointRouteBuilder api) => api.MapPost("/models/{id}/quantize", QuantizeAsync)
        .WithSummary(
            "Starts quantizing a model into a new variant. Options: precision; for int8 method (percentile:99.9 sets the share), activations (u8 or "
            + "s8), sevenBit, equalize, and maxDrop (points of agreement with FP32 that may be lost) or keepInFloat (names of layers, separated by "
            + "commas). Calibration pictures as multipart fields `image`; without any, those of the configured folder; pictures says how many at most.")
        .Produces<JobStatus>(StatusCodes.Status202Accepted)
        .ProducesPictureProblems();

    private static async Task<IResult> QuantizeAsync(
        string id, HttpRequest request, CalibrationUpload upload, BrowserForgery forgery, QuantizeJobs jobs)
    {
        await forgery.RefuseWithoutHeaderAsync(request);
        var (pictures, fields) = await upload.ReadAsync(request);
        var options = new JobOptions(request.Query, fields);
        var defaults = new QuantizeRequest { ModelId = id };
        return JobsEndpoints.Started(jobs.Start(defaults with
        {
            Precision = options.Text("precision") ?? defaults.Precision,
            Method = options.Text("method"),
            Activations = options.Text("activations"),
            SevenBit = options.Flag("sevenBit"),
            Equalize = options.Flag("equalize"),
            KeepInFloat = options.Names("keepInFloat"),
            MaxDropPoints = options.Number("maxDrop"),
            MaxPictures = options.Whole("pictures"),
            Pictures = pictures.Count > 0 ? pictures : null,
        }));
    }
}
