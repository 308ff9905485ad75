namespace LatencyLab.Web.Api;

/// <summary>People get a page for an error, programs problem+json.</summary>
internal static class ErrorPages
{
    private static readonly string[] ProgramPaths = ["/api", "/v2", "/openapi", "/healthz"];

    /// <summary>Whether the request came to an address that programs use.</summary>
    public static bool IsForPrograms(HttpContext context) =>
        ProgramPaths.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds the handlers; must come before what may fail.</summary>
    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler("/error");
        // In a branch it would not reach the page; so it stands around all, and leaves alone what the inner one answers.
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseWhen(IsForPrograms, programs => programs.UseStatusCodePages());
        return app;
    }
}
