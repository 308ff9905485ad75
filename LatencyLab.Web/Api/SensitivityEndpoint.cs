using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Optimization.Jobs;

namespace LatencyLab.Web.Api;

/// <summary><c>POST /api/models/{id}/sensitivity</c></summary>
internal static class SensitivityEndpoint
{
    public static void MapSensitivity(this IEndpointRouteBuilder api) => api.MapPost("/models/{id}/sensitivity", AnalyseAsync)
        .WithSummary(
            "Starts finding out which layers of a model lose how much in INT8. Pictures as multipart fields `image`; without any, those of the "
            + "configured folder. Every other picture calibrates, the rest judge.")
        .Produces<JobStatus>(StatusCodes.Status202Accepted)
        .ProducesPictureProblems();

    private static async Task<IResult> AnalyseAsync(
        string id, HttpRequest request, CalibrationUpload upload, BrowserForgery forgery, SensitivityJobs jobs)
    {
        await forgery.RefuseWithoutHeaderAsync(request);
        var (pictures, _) = await upload.ReadAsync(request);
        return JobsEndpoints.Started(jobs.Start(id, pictures.Count > 0 ? pictures : null));
    }
}
