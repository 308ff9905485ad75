using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace LatencyLab.Tests.Api;

public class ClaimsApiTests(WebApp app) : IClassFixture<WebApp>
{
    private readonly HttpClient _client = app.CreateClient();

    [Fact]
    public async Task Claims_OfAComparison_RestOnItsFiguresAndTheModelCard()
    {
        var answer = await _client.PostAsync("/api/compare?imageId=cat.jpg&rounds=8&warmup=1", null);
        var result = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        var id = result.GetProperty("id").GetString();

        var claims = (await _client.GetFromJsonAsync<JsonElement>($"/api/comparisons/{id}/claims")).EnumerateArray().ToArray();

        Assert.Equal(
            ["engine total", "engine inference", "int8 total", "int8 inference"],
            claims.Select(claim => $"{claim.GetProperty("variantId").GetString()} {claim.GetProperty("measure").GetString()}"));
        var total = claims[2];
        Assert.Equal(
            result.GetProperty("variants")[2].GetProperty("speedup").GetProperty("value").GetDouble(), total.GetProperty("speedup").GetProperty("value").GetDouble());
        Assert.Equal(8, total.GetProperty("samples").GetInt32());
        Assert.Contains("n = 8", total.GetProperty("text").GetString(), StringComparison.Ordinal);
        var interval = total.GetProperty("speedup").GetProperty("ci95");
        var evidence = interval[0].GetDouble() > 1 ? "faster" : interval[1].GetDouble() < 1 ? "slower" : "no-evidence";
        Assert.Equal(evidence, total.GetProperty("evidence").GetString());
    }

    [Fact]
    public async Task Claims_OfAComparisonThatIsGone_AreNotFound() =>
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync("/api/comparisons/0123/claims")).StatusCode);

    [Fact]
    public async Task TheAudienceDoor_UnlessItIsSwitchedOn_IsNotThere()
    {
        var page = await _client.GetAsync("/join/23456789");
        var sent = await _client.PostAsync("/api/audience/pictures?code=23456789", WebApp.Form([1]));

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Contains("Photos cannot be sent here", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, sent.StatusCode);
        Assert.Contains("audience-off", await sent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
