using LatencyLab.Web.Security;

namespace LatencyLab.Web.Api.OpenInference;

/// <summary>The REST form of the Open Inference Protocol v2: models as versions, which are LatencyLab's variants.</summary>
internal static class OpenInferenceEndpoints
{
    /// <summary>Maps <c>/v2</c>.</summary>
    public static void MapOpenInference(this IEndpointRouteBuilder app)
    {
        // Programs only: nothing here takes a form or a cookie.
        var v2 = app.MapGroup("/v2").DisableAntiforgery().AddEndpointFilter<OpenInferenceErrors>();
        v2.MapServer();
        var models = v2.MapGroup("/models").RequireRateLimiting(RequestLimits.PerClient);
        foreach (var path in new[] { "/{model}", "/{model}/versions/{version}" })
        {
            models.MapModel(path);
            models.MapInfer(path + "/infer");
        }
    }
}
