using Microsoft.AspNetCore.Antiforgery;

namespace LatencyLab.Web.Api;

/// <summary>
/// A browser names the origin of every POST; programs do not, and cannot be lured. So browsers need the page's token, programs none.
/// </summary>
internal sealed class BrowserForgery(IAntiforgery antiforgery)
{
    /// <summary>Refuses a browser's request that does not come from our page.</summary>
    /// <exception cref="AntiforgeryValidationException">The page's token is missing.</exception>
    public async Task RefuseAsync(HttpRequest request)
    {
        if (request.Headers.Origin.Count > 0 || request.Headers.ContainsKey("Sec-Fetch-Site"))
        {
            await antiforgery.ValidateRequestAsync(request.HttpContext);
        }
    }
}
