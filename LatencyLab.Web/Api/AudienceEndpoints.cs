using LatencyLab.Web.Audience;
using LatencyLab.Web.Security;

namespace LatencyLab.Web.Api;

/// <summary><c>/api/audience/pictures</c>: what a phone in the audience asks.</summary>
internal static class AudienceEndpoints
{
    public static void MapAudience(this IEndpointRouteBuilder api)
    {
        var audience = api.MapGroup("/audience/pictures").AddEndpointFilter(async (context, next) =>
            context.HttpContext.RequestServices.GetRequiredService<AudienceDoor>().IsEnabled
                ? await next(context)
                : throw new ApiException(Problems.AudienceOff, "Photos cannot be sent here. The operator may set LatencyLab:Audience:Enabled."));
        audience.MapPost("", SendAsync)
            .RequireRateLimiting(RequestLimits.Audience)
            .WithSummary("Sends a photo into a running demo; `code` in the query is that of the presenter's QR code. Nothing is kept.")
            .Produces<AudienceStatus>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesPictureProblems();
        // A look-up by an unguessable name costs less than a static file, and a whole hall may ask from one address.
        audience.MapGet("/{id}", (string id, AudienceDoor door) =>
                door.Find(id) ?? throw new KeyNotFoundException("This photo is not known, or no longer: only the last minutes are remembered."))
            .DisableRateLimiting()
            .WithSummary("What became of a photo, and what the variants say of it.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> SendAsync(
        HttpRequest request, AudienceDoor door, AudienceReception reception, PictureReader pictures, BrowserForgery forgery, CancellationToken cancellationToken)
    {
        await forgery.RefuseWithoutHeaderAsync(request);
        var code = request.Query["code"].FirstOrDefault();
        // Before the body: a stranger is not worth the memory.
        door.RefuseUnlessOpen(code);
        var status = await reception.ReceiveAsync(code, await pictures.ReadAsync(request), cancellationToken);
        return Results.Accepted($"/api/audience/pictures/{status.Id}", status);
    }
}
