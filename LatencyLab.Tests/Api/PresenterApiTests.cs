using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using LatencyLab.Web.Audience;
using LatencyLab.Web.Live;
using Microsoft.Extensions.DependencyInjection;

namespace LatencyLab.Tests.Api;

public sealed class PresenterApiTests(AudienceApp app) : IClassFixture<AudienceApp>, IDisposable
{
    private const string Elsewhere = "203.0.113.9";

    // Redirects and cookies are what is tested.
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = app.Address };

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("/api/live/start?variants=int8")]
    [InlineData("/api/live/pause")]
    [InlineData("/api/live/resume")]
    [InlineData("/api/live/stop")]
    [InlineData("/api/live/rate?rate=7")]
    [InlineData("/api/live/recording")]
    [InlineData("/api/live/recording/stop")]
    public async Task Steering_ByWhoeverDoesNotPresent_IsRefusedAndDoesNothing(string address)
    {
        foreach (var request in new[] { Request(HttpMethod.Post, address), Request(HttpMethod.Post, address, from: null, ("X-Forwarded-For", Elsewhere)) })
        {
            var answer = await _client.SendAsync(request);

            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            Assert.Equal("presenter-only", JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("type").GetString());
        }
        var status = app.Services.GetRequiredService<ILiveSession>().Status;
        Assert.Equal((LiveState.Idle, 40.0), (status.State, status.RatePerSecond));
    }

    [Theory]
    [InlineData("/api/live")]
    [InlineData("/live")]
    public async Task Watching_IsForEveryone(string address) =>
        Assert.Equal(HttpStatusCode.OK, (await _client.SendAsync(Request(HttpMethod.Get, address))).StatusCode);

    [Fact]
    public async Task Steering_AtThisMachine_NeedsNoKey() =>
        Assert.Equal(HttpStatusCode.OK, (await _client.SendAsync(Request(HttpMethod.Post, "/api/live/pause", from: null))).StatusCode);

    [Theory]
    [InlineData("/live?key={0}", "/live")]
    [InlineData("/LIVE/?present=1&Key={0}", "/live?present=1")]
    public async Task TheKey_Given_LeavesACookieThatSteersAndTheAddressWithoutIt(string address, string then)
    {
        var entered = await EnterAsync(address, AudienceApp.PresenterKey);

        Assert.Equal((HttpStatusCode.Redirect, then), (entered.StatusCode, entered.Headers.Location!.OriginalString));
        Assert.True(entered.Headers.CacheControl!.NoStore);
        var cookie = CookieOf(entered)!;
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("twelve", cookie, StringComparison.Ordinal);
        var steered = await _client.SendAsync(Request(HttpMethod.Post, "/api/live/pause", Elsewhere, ("Cookie", cookie.Split(';')[0])));
        Assert.Equal(HttpStatusCode.OK, steered.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("twelve")]
    [InlineData("twelve & more characterS")]
    public async Task AWrongKey_Given_IsAnsweredLikeTheRightOneButLeavesNothing(string wrong)
    {
        var right = await EnterAsync("/live?key={0}", AudienceApp.PresenterKey);
        var refused = await EnterAsync("/live?key={0}", wrong);

        Assert.Null(CookieOf(refused));
        Assert.Equal((right.StatusCode, right.Headers.Location), (refused.StatusCode, refused.Headers.Location));
        Assert.Empty(await refused.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task ACookie_ThatIsTheKeyItself_SteersNothing()
    {
        var cookie = $"{PresenterKey.Cookie}={Uri.EscapeDataString(AudienceApp.PresenterKey)}";

        var answer = await _client.SendAsync(Request(HttpMethod.Post, "/api/live/pause", Elsewhere, ("Cookie", cookie)));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task APage_ThatWasOpenBeforeTheKeyWasGiven_StillSends()
    {
        var page = await _client.SendAsync(Request(HttpMethod.Get, "/live"));
        var token = Regex.Match(await page.Content.ReadAsStringAsync(), "name=\"antiforgery-token\" content=\"([^\"]+)\"").Groups[1].Value;
        var antiforgery = page.Headers.GetValues("Set-Cookie").Single(cookie => cookie.Contains("Antiforgery", StringComparison.Ordinal)).Split(';')[0];
        var presenter = CookieOf(await EnterAsync("/live?key={0}", AudienceApp.PresenterKey))!.Split(';')[0];

        var answer = await _client.SendAsync(Request(HttpMethod.Post, "/api/live/pause", Elsewhere,
            ("Origin", app.Address.GetLeftPart(UriPartial.Authority)), ("RequestVerificationToken", token), ("Cookie", $"{antiforgery}; {presenter}")));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private Task<HttpResponseMessage> EnterAsync(string address, string key) =>
        _client.SendAsync(Request(HttpMethod.Get, address.Replace("{0}", Uri.EscapeDataString(key), StringComparison.Ordinal)));

    private static string? CookieOf(HttpResponseMessage answer) => answer.Headers.TryGetValues("Set-Cookie", out var cookies)
        ? cookies.SingleOrDefault(cookie => cookie.StartsWith(PresenterKey.Cookie, StringComparison.Ordinal))
        : null;

    private static HttpRequestMessage Request(HttpMethod method, string address, string? from = Elsewhere, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, address);
        if (from is not null)
        {
            request.Headers.Add(AudienceApp.AddressHeader, from);
        }
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        return request;
    }
}
