using LatencyLab.Inference.Jobs;

namespace LatencyLab.Web.Api;

/// <summary><c>/api/jobs</c>: long work in the background.</summary>
internal static class JobsEndpoints
{
    public static void MapJobs(this IEndpointRouteBuilder api)
    {
        api.MapGet("/jobs", (JobRunner jobs) => jobs.All)
            .WithSummary("The jobs that are known, the newest first.");
        api.MapGet("/jobs/{id}", (string id, JobRunner jobs) => Find(jobs, id))
            .WithSummary("One job: its state, progress and, when it is done, its result.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapDelete("/jobs/{id}", (string id, JobRunner jobs) =>
            {
                Find(jobs, id);
                jobs.Cancel(id);
                return Find(jobs, id);
            })
            .WithSummary("Cancels a job; one that has ended stays as it is.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>The answer to a request that started a job: 202 and where to ask for it.</summary>
    public static IResult Started(JobStatus job) => Results.Accepted($"/api/jobs/{job.Id}", job);

    private static JobStatus Find(JobRunner jobs, string id) => jobs.Find(id)
        ?? throw new KeyNotFoundException($"There is no job `{id}`; only the latest are kept.");
}
