using System.Net;
using LatencyLab.Web.Comparisons;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace LatencyLab.Tests.Api;

/// <summary>The real web application, listening on a port of its own, with two quick variants of the embedded model.</summary>
public sealed class WebHost : WebApplicationFactory<WebLimits>, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Base address.</summary>
    public Uri Address => ClientOptions.BaseAddress;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>Starts it and waits until it answers.</summary>
    public async Task InitializeAsync()
    {
        UseKestrel(0);
        StartServer();
        Http = new HttpClient { BaseAddress = Address };
        using var patience = new CancellationTokenSource(Patience);
        while ((await Http.GetAsync("healthz/ready", patience.Token)).StatusCode != HttpStatusCode.OK)
        {
            await Task.Delay(100, patience.Token);
        }
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        Http.Dispose();
        await DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("LatencyLab:Variants:0:Id", "control");
        builder.UseSetting("LatencyLab:Variants:0:Title", "Control");
        builder.UseSetting("LatencyLab:Variants:0:GraphOptimization", "disabled");
        builder.UseSetting("LatencyLab:Variants:1:Id", "engine");
        builder.UseSetting("LatencyLab:Variants:1:Title", "Engine");
    }
}
