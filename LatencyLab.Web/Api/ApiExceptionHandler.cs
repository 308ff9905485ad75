using System.Globalization;
using LatencyLab.Inference.Evaluation;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models.Import;
using LatencyLab.Inference.Optimization.Jobs;
using LatencyLab.Inference.Remote;
using LatencyLab.Inference.Sessions;
using LatencyLab.Inference.Sweeps;
using LatencyLab.Web.Audience;
using LatencyLab.Web.History;
using LatencyLab.Web.Loads;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;

namespace LatencyLab.Web.Api;

/// <summary>Turns the exceptions that requests may end with into problem+json; anything else stays a plain 500.</summary>
internal sealed class ApiExceptionHandler : IExceptionHandler
{
    private static readonly TimeSpan JobRetry = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AudienceRetry = TimeSpan.FromSeconds(10);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }
        var (problem, retryAfter) = Describe(exception);
        if (problem is null && !ErrorPages.IsForPrograms(httpContext))
        {
            return false;
        }
        if (problem is null)
        {
            // What went wrong is in the log; a stranger learns nothing from it.
            await Problems.Unexpected.WriteAsync(httpContext, "The request failed for a reason that is not yours. It was logged.");
            return true;
        }
        if (retryAfter is { } wait)
        {
            httpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
        await problem.WriteAsync(httpContext, exception.Message, ReasonOf(exception));
        return true;
    }

    private static string? ReasonOf(Exception exception) => exception switch
    {
        ModelRefusedException refused => refused.Reason.ToString(),
        ModelRemovalRefusedException refused => refused.Reason.ToString(),
        _ => null,
    };

    private static (Problem? Problem, TimeSpan? RetryAfter) Describe(Exception exception) => exception switch
    {
        ApiException api => (api.Problem, api.RetryAfter),
        ImageRejectedException rejected => (Problems.Of(rejected.Reason), null),
        ModelRefusedException refused => (Problems.Of(refused.Reason), null),
        ModelRemovalRefusedException refused => (Problems.Of(refused.Reason), null),
        GateFullException full => (Problems.QueueFull, full.RetryAfter),
        JobQueueFullException => (Problems.JobQueueFull, JobRetry),
        EvaluationRefusedException => (Problems.DataRefused, null),
        OptimizationRefusedException => (Problems.BadOption, null),
        AudienceRefusedException { Reason: AudienceRefusal.Full } => (Problems.AudienceFull, AudienceRetry),
        AudienceRefusedException => (Problems.AudienceCode, null),
        HistoryException => (Problems.HistoryUnavailable, null),
        KeyNotFoundException => (Problems.Unknown, null),
        RemoteInferenceException => (Problems.VariantFailed, null),
        SweepException or LoadRefusedException => (Problems.BadOption, null),
        LoadSourceTakenException => (Problems.LoadSourceTaken, null),
        AntiforgeryValidationException => (Problems.Antiforgery, null),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (Problems.TooLarge, null),
        // The form reader's own way to say that a part is too long.
        InvalidDataException => (Problems.TooLarge, null),
        BadHttpRequestException => (Problems.BadOption, null),
        _ => (null, null),
    };
}
