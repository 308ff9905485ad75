using System.Net;
using LatencyLab.Web.Audience;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LatencyLab.Tests.Audience;

public class PresenterHandlerTests
{
    private const string Key = "correct horse";

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.1.1", "127.0.1.1", true)]
    [InlineData("::1", "::1", true)]
    [InlineData("::ffff:127.0.0.1", "::ffff:127.0.0.1", true)]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.8", "192.0.2.7", false)]
    [InlineData("2001:db8::8", "2001:db8::7", false)]
    [InlineData(null, null, false)]
    public async Task WhoeverIsAtThisMachine_AndNobodyElse_Presents(string? remote, string? local, bool presents) =>
        Assert.Equal(presents, await PresentsAsync(Request(remote, local)));

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Host", "demo.example")]
    [InlineData("X-Real-IP", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("Via", "1.1 demo.example")]
    public async Task AProxyOnThisMachine_MakesNobodyAPresenter(string header, string value)
    {
        var request = Request("127.0.0.1", "127.0.0.1");
        request.Request.Headers[header] = value;

        Assert.False(await PresentsAsync(request));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1, 203.0.113.9")]
    [InlineData("203.0.113.9, 127.0.0.1")]
    public async Task AClaimToBeHere_BelievedByTheForwardingMiddleware_MakesNobodyAPresenter(string claim)
    {
        var request = Request("192.0.2.8", "192.0.2.7");
        request.Request.Headers["X-Forwarded-For"] = claim;
        // As ASPNETCORE_FORWARDEDHEADERS_ENABLED has it: whoever connects is believed.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        new ForwardedHeadersMiddleware(_ => Task.CompletedTask, NullLoggerFactory.Instance, Options.Create(options)).ApplyForwarders(request);

        Assert.NotEqual("192.0.2.8", request.Connection.RemoteIpAddress!.ToString());
        Assert.False(await PresentsAsync(request));
    }

    [Fact]
    public async Task TheProofOfTheKey_FromAnywhere_MakesAPresenter()
    {
        Assert.True(await PresentsAsync(WithProof(PresenterKey.ProofOf(Key))));

        Assert.False(await PresentsAsync(WithProof(PresenterKey.ProofOf("correct hors"))));
        Assert.False(await PresentsAsync(WithProof(Key)));
        Assert.False(await PresentsAsync(WithProof("")));
        Assert.False(await PresentsAsync(WithProof(PresenterKey.ProofOf(Key)[..^1])));
    }

    [Fact]
    public async Task WithoutAKey_NothingIsAProof()
    {
        Assert.False(await PresentsAsync(WithProof(PresenterKey.ProofOf("")), key: null));
        Assert.False(await PresentsAsync(WithProof(""), key: null));
        Assert.True(await PresentsAsync(Request("127.0.0.1", "127.0.0.1"), key: null));
    }

    private static DefaultHttpContext Request(string? remote, string? local)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = remote is null ? null : IPAddress.Parse(remote);
        context.Connection.LocalIpAddress = local is null ? null : IPAddress.Parse(local);
        return context;
    }

    private static DefaultHttpContext WithProof(string proof)
    {
        var request = Request("192.0.2.8", "192.0.2.7");
        request.Request.Headers.Cookie = $"{PresenterKey.Cookie}={proof}";
        return request;
    }

    private static async Task<bool> PresentsAsync(DefaultHttpContext request, string? key = Key)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LatencyLab:Audience:Enabled"] = "true",
            ["LatencyLab:Audience:PresenterKey"] = key,
        }).Build();
        await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddAudience(configuration).BuildServiceProvider();
        request.RequestServices = services;
        var result = await request.AuthenticateAsync(Presenter.Scheme);
        return result.Succeeded && result.Principal.MaySteer(services.GetRequiredService<AudienceDoor>());
    }
}
