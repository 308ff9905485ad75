using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace LatencyLab.Tests.Api;

/// <summary>The application with its audience door; a client's address may come from a header or a cookie, which only this filter reads.</summary>
public sealed class AudienceApp : WebApp
{
    public const string AddressHeader = "X-Test-Address";

    /// <summary>What makes a presenter from any address.</summary>
    public const string PresenterKey = "twelve & more characters";

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["LatencyLab:Audience:Enabled"] = "true",
        ["LatencyLab:Audience:PresenterKey"] = PresenterKey,
        ["LatencyLab:Audience:WaitingPictures"] = "2",
        ["LatencyLab:Audience:PicturesPerMinute"] = "3",
    };

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureServices(services => services.AddSingleton<IStartupFilter, AddressFromHeader>());
    }

    private sealed class AddressFromHeader : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                // A browser sends no header of ours when it opens a circuit, but it does send cookies.
                if ((context.Request.Headers[AddressHeader].FirstOrDefault() ?? context.Request.Cookies[AddressHeader]) is { } address)
                {
                    context.Connection.RemoteIpAddress = IPAddress.Parse(address);
                }
                return following(context);
            });
            next(app);
        };
    }
}
