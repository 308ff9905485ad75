namespace LatencyLab.Web.Audience;

/// <summary>How a presenter who is not at this machine comes in: <c>/live?key=KEY</c> leaves a cookie, and the key leaves the address.</summary>
internal static class PresenterEntrance
{
    private const string Page = "/live";
    private const string Key = "key";

    /// <summary>Takes the key, then tells who presents; must come before all that asks.</summary>
    public static IApplicationBuilder UsePresenter(this IApplicationBuilder app) => app
        .MapWhen(IsEntrance, entrance => entrance.Run(Enter))
        .UseAuthentication();

    private static bool IsEntrance(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Request.Path.StartsWithSegments(Page, StringComparison.OrdinalIgnoreCase, out var rest) && rest.Value is "" or "/"
        && context.Request.Query.ContainsKey(Key) && context.RequestServices.GetRequiredService<AudienceDoor>().IsEnabled;

    // Right or wrong, the answer is the page; what is on it says whether the key was right, and nothing else does.
    private static Task Enter(HttpContext context)
    {
        var proof = PresenterKey.ProofOf(context.Request.Query[Key].ToString());
        if (context.RequestServices.GetRequiredService<PresenterKey>().IsProvenBy(proof))
        {
            context.Response.Cookies.Append(PresenterKey.Cookie, proof, new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Secure = context.Request.IsHttps,
                IsEssential = true,
            });
        }
        var others = context.Request.Query.Where(value => !value.Key.Equals(Key, StringComparison.OrdinalIgnoreCase));
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect(context.Request.PathBase + Page + QueryString.Create(others));
        return Task.CompletedTask;
    }
}
