using System.Globalization;
using LatencyLab.Inference.Remote;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Web.Api.OpenInference;

/// <summary>The protocol's error object.</summary>
internal sealed record OpenInferenceError(string Error);

/// <summary>Turns the exceptions that requests may end with into <c>{ "error": … }</c>; anything else stays a plain 500.</summary>
internal sealed class OpenInferenceErrors : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception error) when (Describe(error) is var (status, retryAfter) && status != 0)
        {
            if (retryAfter is { } wait)
            {
                context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }
            return Results.Json(new OpenInferenceError(error.Message), statusCode: status);
        }
    }

    private static (int Status, TimeSpan? RetryAfter) Describe(Exception error) => error switch
    {
        OpenInferenceException known => (known.Status, known.RetryAfter),
        GateFullException full => (StatusCodes.Status503ServiceUnavailable, full.RetryAfter),
        RemoteInferenceException => (StatusCodes.Status503ServiceUnavailable, null),
        KeyNotFoundException => (StatusCodes.Status404NotFound, null),
        BadHttpRequestException bad => (bad.StatusCode, null),
        _ => (0, null),
    };
}
