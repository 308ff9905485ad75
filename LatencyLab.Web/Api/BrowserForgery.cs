using Microsoft.AspNetCore.Antiforgery;

namespace LatencyLab.Web.Api;

/// <summary>
/// Tells browsers from programs. A browser names the origin of every POST; programs do not, and cannot be lured. So browsers need the
/// page's token, programs none.
/// </summary>
internal sealed class BrowserForgery(IAntiforgery antiforgery)
{
    private const string TokenHeader = "RequestVerificationToken";

    /// <summary>Whether a browser sent it.</summary>
    public static bool IsBrowser(HttpRequest request) => request.Headers.Origin.Count > 0 || request.Headers.ContainsKey("Sec-Fetch-Site");

    /// <summary>Refuses a browser's request without the token in a header. The body is not read: it may be a large file.</summary>
    /// <exception cref="ApiException">The token is missing.</exception>
    public async Task RefuseWithoutHeaderAsync(HttpRequest request)
    {
        if (!IsBrowser(request))
        {
            return;
        }
        if (!request.Headers.ContainsKey(TokenHeader))
        {
            throw new ApiException(Problems.Antiforgery, $"Requests from a page need its token in the header {TokenHeader}. Reload the page.");
        }
        await antiforgery.ValidateRequestAsync(request.HttpContext);
    }
}
