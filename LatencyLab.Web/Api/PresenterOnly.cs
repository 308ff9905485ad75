using LatencyLab.Web.Audience;

namespace LatencyLab.Web.Api;

/// <summary>Refuses whoever does not present, where there is an audience.</summary>
internal sealed class PresenterOnly(AudienceDoor door) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.User.MaySteer(door)
            ? next(context)
            : throw new ApiException(Problems.PresenterOnly,
                "While there is an audience, only the presenter steers the live run. Ask on the machine that runs LatencyLab, or open /live with the presenter's key first.");
}
