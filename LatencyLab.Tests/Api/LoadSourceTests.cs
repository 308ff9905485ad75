using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace LatencyLab.Tests.Api;

/// <summary>A load run and a live run would measure each other.</summary>
public class LoadSourceTests(WebApp app) : IClassFixture<WebApp>
{
    private readonly HttpClient _client = app.CreateClient();

    [Fact]
    public async Task ALiveRun_WhileALoadRunIsMeasured_IsRefusedAndTheOtherWayRound()
    {
        var load = await StartLoadAsync("duration=60");
        await _client.UntilAsync(load, status => status.TryGetProperty("step", out var step) && step.GetString() == "measuring");

        await AssertTakenAsync("/api/live/start?variants=int8", by: "A load run");

        await _client.DeleteAsync(load);
        await _client.UntilAsync(load, status => status.GetProperty("state").GetString() == "cancelled");
        Assert.Equal(HttpStatusCode.Accepted, (await _client.PostAsync("/api/live/start?variants=int8", null)).StatusCode);

        await AssertTakenAsync("/api/load?variant=int8&loop=closed&duration=1", by: "A live run");

        await _client.PostAsync("/api/live/stop", null);
        await _client.UntilAsync(await StartLoadAsync("duration=0.3"), status => status.GetProperty("state").GetString() == "done");
    }

    private async Task AssertTakenAsync(string address, string by)
    {
        var refused = await _client.PostAsync(address, null);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("load-source-taken", problem.GetProperty("type").GetString());
        Assert.StartsWith(by + " is under way", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private async Task<string> StartLoadAsync(string options)
    {
        var answer = await _client.PostAsync($"/api/load?variant=int8&loop=closed&warmup=0&{options}", null);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }
}
