using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LatencyLab.Tests.Cli;

/// <summary>A real HTTP server that answers as many pictures as a test lets it, and refuses the others as LatencyLab does beyond its limit.</summary>
internal sealed class RateLimitedService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RateLimitedService(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public static async Task<RateLimitedService> StartAsync(int answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var requests = 0;
        app.MapPost("/api/classify/{variant}", () => Interlocked.Increment(ref requests) <= answers
            ? Results.Text("""{ "stages": [{ "stage": "inference", "p50Ms": 0.4 }], "totalMs": 0.5 }""", "application/json")
            : Results.Problem("Too many requests from your address.", statusCode: StatusCodes.Status429TooManyRequests, type: "rate-limited"));
        await app.StartAsync();
        return new RateLimitedService(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
