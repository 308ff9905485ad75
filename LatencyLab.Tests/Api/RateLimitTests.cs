using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace LatencyLab.Tests.Api;

public class RateLimitTests
{
    private const string AddressHeader = "X-Test-Address";

    [Fact]
    public async Task AClient_BeyondItsRate_IsToldWhenToComeBackAndOthersAreNot()
    {
        await using var app = new LimitedApp();
        using var client = app.CreateClient();

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, "203.0.113.7")).StatusCode);
        }
        var refused = await GetAsync(client, "203.0.113.7");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains("rate-limited", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, "203.0.113.8")).StatusCode);
    }

    [Fact]
    public async Task Loopback_IsExempt()
    {
        await using var app = new LimitedApp();
        using var client = app.CreateClient();

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, "127.0.0.1")).StatusCode);
        }
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, string address)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/models");
        request.Headers.Add(AddressHeader, address);
        return client.SendAsync(request);
    }

    /// <summary>Three requests a minute; the client's address comes from a header, which only this test's filter reads.</summary>
    private sealed class LimitedApp : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Development");
            builder.UseSetting("LatencyLab:Web:RequestsPerMinute", "3");
            builder.UseSetting("LatencyLab:DataPath", Path.Combine(Path.GetTempPath(), "latencylab-rate-limit"));
            builder.ConfigureTestServices(services => services.AddSingleton<IStartupFilter, AddressFromHeader>());
        }
    }

    private sealed class AddressFromHeader : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers[AddressHeader].ToString());
                return following(context);
            });
            next(app);
        };
    }
}
