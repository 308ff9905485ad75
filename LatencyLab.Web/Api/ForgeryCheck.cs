using Microsoft.AspNetCore.Antiforgery;

namespace LatencyLab.Web.Api;

/// <summary>Tells the pages of this application from those of strangers.</summary>
internal static class ForgeryCheck
{
    /// <summary>
    /// A browser names the origin of every POST; programs do not, and cannot be lured. So browsers need the page's token, programs none.
    /// </summary>
    /// <exception cref="AntiforgeryValidationException">A browser sent the request without the page's token.</exception>
    public static async Task RefuseForgeryAsync(this IAntiforgery antiforgery, HttpRequest request)
    {
        if (request.Headers.Origin.Count > 0 || request.Headers.ContainsKey("Sec-Fetch-Site"))
        {
            await antiforgery.ValidateRequestAsync(request.HttpContext);
        }
    }
}
