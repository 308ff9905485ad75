using System.Net;
using System.Text.Json;
using LatencyLab.Inference.Models;
using LatencyLab.Tests.Sessions;
using LatencyLab.Web.Audience;
using Microsoft.Extensions.DependencyInjection;

namespace LatencyLab.Tests.Api;

public sealed class AudienceApiTests : IClassFixture<AudienceApp>, IDisposable
{
    private readonly HttpClient _client;
    private readonly AudienceDoor _door;
    private readonly string _code;

    public AudienceApiTests(AudienceApp app)
    {
        _client = app.CreateClient();
        _door = app.Services.GetRequiredService<AudienceDoor>();
        _code = _door.Renew();
    }

    public void Dispose()
    {
        _door.Close();
        _client.Dispose();
    }

    [Fact]
    public async Task APhoto_SentAndApproved_IsShownWithTheAnswersOfItsVariants()
    {
        var photo = SamplePicture.Read("cat.jpg");
        var sent = await SendAsync(photo);
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        var status = await StatusAsync(sent);
        Assert.Equal(("waiting", 1), (status.GetProperty("state").GetString(), status.GetProperty("place").GetInt32()));

        var id = status.GetProperty("id").GetString()!;
        var preview = Assert.Single(_door.Pending).Preview;
        Assert.Equal([0xFF, 0xD8], preview[..2]);
        Assert.NotEqual(photo, preview);
        var picture = _door.Approve(id)!;
        Assert.Equal(photo, picture.Encoded.ToArray());
        _door.Answer(id, [new AudienceAnswer("INT8", [new Prediction(1, 3, "cat", 0.94)], 0.8)]);

        var shown = await StatusAsync(await _client.GetAsync(sent.Headers.Location));
        Assert.Equal("shown", shown.GetProperty("state").GetString());
        Assert.Equal("cat", shown.GetProperty("answers")[0].GetProperty("predictions")[0].GetProperty("label").GetString());
        Assert.Equal(0.8, shown.GetProperty("answers")[0].GetProperty("totalMs").GetDouble());
        Assert.Empty(_door.Pending);
    }

    [Fact]
    public async Task APhoto_Declined_IsToldSo()
    {
        var sent = await SendAsync(SamplePicture.Read("cat.jpg"));

        _door.Decline(_door.Pending[0].Id);

        Assert.Equal("declined", (await StatusAsync(await _client.GetAsync(sent.Headers.Location))).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?code=")]
    [InlineData("?code=23456789")]
    public async Task AStranger_WithoutTheCode_IsRefused(string query) =>
        await AssertProblemAsync(await _client.PostAsync("/api/audience/pictures" + query, WebApp.Form(SamplePicture.Read("cat.jpg"))), 403, "audience-code");

    [Fact]
    public async Task TheCode_AfterItWasRenewedOrTheDoorClosed_LetsNobodyIn()
    {
        _door.Renew();
        await AssertProblemAsync(await SendAsync(SamplePicture.Read("cat.jpg")), 403, "audience-code");
        _door.Close();
        await AssertProblemAsync(await SendAsync(SamplePicture.Read("cat.jpg")), 403, "audience-code");
    }

    [Fact]
    public async Task Photos_BeyondTheQueue_AreToldToWait()
    {
        await SendAsync(SamplePicture.Read("cat.jpg"));
        await SendAsync(SamplePicture.Read("ship.jpg"));

        var refused = await SendAsync(SamplePicture.Read("truck.jpg"));

        await AssertProblemAsync(refused, 503, "audience-full");
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task WhatIsNoPicture_IsRefusedAsElsewhere()
    {
        await AssertProblemAsync(await SendAsync("I am a text."u8.ToArray()), 415, "image-format-unsupported");
        await AssertProblemAsync(await SendAsync(SamplePicture.Read("ship.jpg")[..5000]), 422, "image-corrupt");
        await AssertProblemAsync(await SendAsync(new byte[20_000_001]), 413, "image-too-large");
        Assert.Empty(_door.Pending);
    }

    [Fact]
    public async Task AnAddress_BeyondItsRate_IsToldToWaitAndMayStillAskWhatBecameOfItsPhoto()
    {
        var sent = await SendAsync(SamplePicture.Read("cat.jpg"), "203.0.113.9");
        for (var i = 0; i < 2; i++)
        {
            await SendAsync("I am a text."u8.ToArray(), "203.0.113.9");
        }

        await AssertProblemAsync(await SendAsync(SamplePicture.Read("cat.jpg"), "203.0.113.9"), 429, "rate-limited");
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(SamplePicture.Read("cat.jpg"), "203.0.113.10")).StatusCode);
        using var ask = new HttpRequestMessage(HttpMethod.Get, sent.Headers.Location);
        ask.Headers.Add(AudienceApp.AddressHeader, "203.0.113.9");
        Assert.Equal(HttpStatusCode.OK, (await _client.SendAsync(ask)).StatusCode);
    }

    [Fact]
    public async Task ABrowser_WithoutThePagesToken_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/audience/pictures?code={_code}") { Content = WebApp.Form(SamplePicture.Read("cat.jpg")) };
        request.Headers.Add("Origin", "https://elsewhere.example");

        await AssertProblemAsync(await _client.SendAsync(request), 400, "antiforgery");
    }

    [Fact]
    public async Task APhoto_ThatIsNotKnown_IsNotFound() => await AssertProblemAsync(await _client.GetAsync("/api/audience/pictures/0123"), 404, "not-found");

    [Fact]
    public async Task ThePage_WithTheCodeAndWithout_OpensOrSaysWhyNot()
    {
        var open = await _client.GetAsync($"/join/{_code}");
        var wrong = await _client.GetAsync("/join/23456789");
        var none = await _client.GetAsync("/join");

        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        Assert.Contains("Take a photo", await open.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var refused in new[] { wrong, none })
        {
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            var body = await refused.Content.ReadAsStringAsync();
            Assert.Contains("This invitation is not valid", body, StringComparison.Ordinal);
            Assert.DoesNotContain("Take a photo", body, StringComparison.Ordinal);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(byte[] photo, string? address = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/audience/pictures?code={_code}") { Content = WebApp.Form(photo) };
        if (address is not null)
        {
            request.Headers.Add(AudienceApp.AddressHeader, address);
        }
        return await _client.SendAsync(request);
    }

    private static async Task<JsonElement> StatusAsync(HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    private static async Task AssertProblemAsync(HttpResponseMessage answer, int status, string type)
    {
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((status, type), ((int)answer.StatusCode, problem.GetProperty("type").GetString()));
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("detail").GetString()));
    }
}
