using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Optimization.Jobs;

namespace LatencyLab.Web.Api;

/// <summary><c>POST /api/models/{id}/sensitivity</c></summary>
internal static class SensitivityEndpoint
{
    public static void MapSensitivity(this IEndpointRouteBuilder api) => api.MapPost("/models/{id}/sensitivity", AnalyseAsync)
        .WithSummary(
            "Starts finding out which layers of a model lose how much in INT8. Options: method (percentile:99.9 sets the share), equalize. Pictures as "
            + "multipart fields `image`; without any, those of the configured folder; pictures says how many at most. Every other picture calibrates, "
            + "the rest judge.")
        .Produces<JobStatus>(StatusCodes.Status202Accepted)
        .ProducesPictureProblems();

    private static async Task<IResult> AnalyseAsync(
        string id, HttpRequest request, CalibrationUpload upload, BrowserForgery forgery, SensitivityJobs jobs)
    {
        await forgery.RefuseWithoutHeaderAsync(request);
        var (pictures, fields) = await upload.ReadAsync(request);
        var options = new JobOptions(request.Query, fields);
        return JobsEndpoints.Started(jobs.Start(new SensitivityRequest
        {
            ModelId = id,
            Method = options.Text("method"),
            Equalize = options.Flag("equalize"),
            MaxPictures = options.Whole("pictures"),
            Pictures = pictures.Count > 0 ? pictures : null,
        }));
    }
}
