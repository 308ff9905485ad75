using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Api;

public class HistoryApiTests(WebApp app) : IClassFixture<WebApp>
{
    private readonly HttpClient _client = app.CreateClient();

    [Fact]
    public async Task AComparison_ReportedAsSaved_IsListedOpenedAndExported()
    {
        var id = await CompareAsync();

        var list = await ReadAsync(await _client.GetAsync($"/api/history?kind=comparison&text={id}"));
        var run = await ReadAsync(await _client.GetAsync($"/api/history/{id}"));
        var csv = await _client.GetStringAsync($"/api/history/export?format=csv&ids={id}");

        Assert.Equal(1, list.GetProperty("total").GetInt32());
        Assert.False(list.GetProperty("runs")[0].TryGetProperty("payload", out _));
        Assert.Equal("completed", run.GetProperty("status").GetString());
        Assert.Equal(id, run.GetProperty("payload").GetProperty("id").GetString());
        Assert.Equal(4, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task AnExport_ImportedAgain_IsSkippedAndUnderAnotherNameAdded()
    {
        var id = await CompareAsync();
        var export = await ExportAsync(id);

        var again = await ReadAsync(await ImportAsync(export));
        export["runs"]![0]!["id"] = id + "-copy";
        var renamed = await ReadAsync(await ImportAsync(export));
        var both = await ReadAsync(await _client.GetAsync($"/api/history/compare?a={id}&b={id}-copy"));

        Assert.Equal(id, again.GetProperty("duplicates")[0].GetString());
        Assert.Equal(0, again.GetProperty("imported").GetArrayLength());
        Assert.Equal(id + "-copy", renamed.GetProperty("imported")[0].GetString());
        Assert.All(both.GetProperty("differences").EnumerateArray(), difference => Assert.Equal("no-evidence", difference.GetProperty("evidence").GetString()));
    }

    [Theory]
    [InlineData("id", "../x", "identifier")]
    [InlineData("kind", "virus", "unknown")]
    [InlineData("status", "running", "still running")]
    [InlineData("title", "\u0007", "control characters")]
    [InlineData("createdAt", "2999-01-01T00:00:00Z", "future")]
    public async Task ARun_ThatBreaksItsContract_IsRefusedWithTheReason(string property, string value, string reason)
    {
        var export = await ExportAsync(await CompareAsync());
        export["runs"]![0]!["id"] = Guid.NewGuid().ToString("N");
        export["runs"]![0]![property] = value;

        var report = await ReadAsync(await ImportAsync(export));

        Assert.Equal(0, report.GetProperty("imported").GetArrayLength());
        Assert.Contains(reason, report.GetProperty("refused")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARun_WithAForeignPayload_IsRefused()
    {
        var export = await ExportAsync(await CompareAsync());
        export["runs"]![0]!["id"] = Guid.NewGuid().ToString("N");
        export["runs"]![0]!["payload"]!["variants"]![0]!["stages"] = null;

        var report = await ReadAsync(await ImportAsync(export));

        Assert.Contains("comparison", report.GetProperty("refused")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("{\"format\":\"other\",\"version\":1,\"exportedAt\":\"2026-03-14T09:26:00Z\",\"runs\":[]}")]
    [InlineData("{\"format\":\"latencylab-history\",\"version\":2,\"exportedAt\":\"2026-03-14T09:26:00Z\",\"runs\":[]}")]
    public async Task AFile_ThatIsNoExport_IsRefused(string text)
    {
        var answer = await _client.PostAsync("/api/history/import", new StringContent(text, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("import-refused", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task ADeletedRun_IsGoneFromHistoryAndPermalink()
    {
        var id = await CompareAsync();
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync($"/api/comparisons/{id}")).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync($"/api/history/{id}")).StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, (await _client.DeleteAsync($"/api/history/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync($"/api/history/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync($"/api/comparisons/{id}")).StatusCode);
    }

    [Theory]
    [InlineData("from=yesterday")]
    [InlineData("page=0")]
    [InlineData("pageSize=9999")]
    public async Task AList_WithABadOption_IsRefused(string query) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await _client.GetAsync("/api/history?" + query)).StatusCode);

    private async Task<string> CompareAsync()
    {
        using var form = WebApp.Form(SamplePicture.Read("cat.jpg"));
        return (await ReadAsync(await _client.PostAsync("/api/compare?rounds=8&warmup=0&save=wait", form))).GetProperty("id").GetString()!;
    }

    private async Task<JsonNode> ExportAsync(string id) => JsonNode.Parse(await _client.GetStringAsync($"/api/history/export?ids={id}"))!;

    private Task<HttpResponseMessage> ImportAsync(JsonNode export) =>
        _client.PostAsync("/api/history/import", new StringContent(export.ToJsonString(), Encoding.UTF8, "application/json"));

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
