using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Api;

public class LoadApiTests(WebApp app) : IClassFixture<WebApp>
{
    private readonly HttpClient _client = app.CreateClient();

    [Fact]
    public async Task AnOpenLoop_OnceStarted_CanBeFollowedToItsResultAndIsInTheHistory()
    {
        var done = await RunAsync("variant=int8&rate=20&schedule=constant&duration=1&warmup=0.2");

        Assert.Equal("done", done.GetProperty("state").GetString());
        var result = done.GetProperty("result");
        Assert.Equal("open-loop", result.GetProperty("mode").GetString());
        Assert.InRange(result.GetProperty("samples").GetInt64() + result.GetProperty("unsent").GetInt64(), 18, 22);
        Assert.All(["offeredRps", "achievedRps", "p50Ms", "histograms"], word => Assert.True(result.TryGetProperty(word, out _), word));
        var run = await _client.GetFromJsonAsync<JsonElement>("/api/history/" + done.GetProperty("runId").GetString());
        Assert.Equal(("load", "completed"), (run.GetProperty("kind").GetString(), run.GetProperty("status").GetString()));
        Assert.Equal(result.GetProperty("samples").GetInt64(), run.GetProperty("payload").GetProperty("samples").GetInt64());
        Assert.Contains((await _client.GetFromJsonAsync<JsonElement>("/api/load")).EnumerateArray(), load => load.GetProperty("id").GetString() == done.GetProperty("id").GetString());
    }

    [Fact]
    public async Task TwoLoadRuns_AreComparedWithANoteOnTheirLoads()
    {
        var first = await RunAsync("variant=int8&loop=closed&clients=1&duration=0.5&warmup=0");
        var second = await RunAsync("variant=int8&loop=closed&clients=2&duration=0.5&warmup=0&image=frog.jpg");

        var both = await _client.GetFromJsonAsync<JsonElement>(
            $"/api/history/compare?a={first.GetProperty("runId").GetString()}&b={second.GetProperty("runId").GetString()}");

        Assert.Contains(both.GetProperty("notes").EnumerateArray(), note => note.GetString()!.StartsWith("The loads differ: 1 client", StringComparison.Ordinal));
        Assert.Contains(
            "The pictures differ: A was sent drawn, 640 × 480; B was sent frog.jpg.", both.GetProperty("notes").EnumerateArray().Select(note => note.GetString()));
        // Half a second cannot tell how alike its requests are.
        Assert.All(both.GetProperty("differences").EnumerateArray(), difference => Assert.Equal("no-evidence", difference.GetProperty("evidence").GetString()));
    }

    [Fact]
    public async Task ALoadRun_ExportedAndImportedUnderAnotherName_IsAddedAndADamagedOneIsNot()
    {
        var id = (await RunAsync("variant=int8&loop=closed&duration=0.3&warmup=0")).GetProperty("runId").GetString();
        var export = JsonNode.Parse(await _client.GetStringAsync($"/api/history/export?ids={id}"))!;

        export["runs"]![0]!["id"] = id + "-copy";
        var added = await ImportAsync(export);
        export["runs"]![0]!["id"] = id + "-bad";
        export["runs"]![0]!["payload"]!["samples"] = 1_000_000;
        var refused = await ImportAsync(export);

        Assert.Equal(id + "-copy", added.GetProperty("imported")[0].GetString());
        Assert.Contains("latencies", refused.GetProperty("refused")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatTheCommandLinePrints_CanBeImportedOnce()
    {
        // A load run's result is what `latencylab load --json` prints.
        var done = await RunAsync("variant=int8&loop=closed&duration=0.3&warmup=0");
        var printed = JsonNode.Parse(done.GetProperty("result").GetRawText())!;

        var added = await ImportAsync(printed);
        var again = await ImportAsync(printed);
        printed["samples"] = 1;
        var refused = await _client.PostAsync("/api/history/import", new StringContent(printed.ToJsonString(), Encoding.UTF8, "application/json"));

        var id = added.GetProperty("imported")[0].GetString();
        var run = await _client.GetFromJsonAsync<JsonElement>($"/api/history/{id}");
        Assert.Equal(("load", "not stated"), (run.GetProperty("kind").GetString(), run.GetProperty("machine").GetProperty("version").GetString()));
        Assert.Equal(id, again.GetProperty("duplicates")[0].GetString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task AnOpenLoop_WithCallersAndAPicture_HasBothInItsResult()
    {
        using var picture = WebApp.Form(SamplePicture.Read("cat.jpg"), "mine.jpg");
        var uploaded = await (await _client.PostAsync("/api/images", picture)).Content.ReadFromJsonAsync<JsonElement>();

        var sample = (await RunAsync("variant=int8&rate=20&callers=3&image=cat.jpg&duration=0.5&warmup=0")).GetProperty("result");
        var own = (await RunAsync($"variant=int8&rate=20&image={uploaded.GetProperty("imageId").GetString()}&duration=0.5&warmup=0")).GetProperty("result");

        Assert.Equal(3, sample.GetProperty("callers").GetInt32());
        Assert.Equal(["cat.jpg"], PicturesOf(sample));
        Assert.Equal(["mine.jpg"], PicturesOf(own));

        static IEnumerable<string?> PicturesOf(JsonElement result) =>
            result.GetProperty("target").GetProperty("pictures").EnumerateArray().Select(name => name.GetString());
    }

    [Fact]
    public async Task AResult_OfAnyVersion_IsImportedWithOrWithoutWhatWasLeftOut()
    {
        var printed = JsonNode.Parse((await RunAsync("variant=int8&rate=20&duration=0.3&warmup=0")).GetProperty("result").GetRawText())!.AsObject();
        // Older versions named neither.
        printed.Remove("leftOut");
        printed["target"]!.AsObject().Remove("pictures");
        var older = await ImportAsync(printed);
        printed["leftOut"] = 6;
        var newer = await ImportAsync(printed);
        printed["leftOut"] = -1;
        var refused = await _client.PostAsync("/api/history/import", new StringContent(printed.ToJsonString(), Encoding.UTF8, "application/json"));

        var run = await _client.GetFromJsonAsync<JsonElement>($"/api/history/{newer.GetProperty("imported")[0].GetString()}");
        Assert.Equal(1, older.GetProperty("imported").GetArrayLength());
        Assert.Equal(6, run.GetProperty("payload").GetProperty("leftOut").GetInt64());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task ALoadRun_ThatIsCancelled_IsInterruptedInTheHistory()
    {
        var started = await _client.PostAsync("/api/load?variant=control&loop=closed&duration=120", null);
        var location = started.Headers.Location!.ToString();
        await _client.UntilAsync(location, status => status.GetProperty("state").GetString() == "running" && status.TryGetProperty("progress", out _));

        await _client.DeleteAsync(location);

        Assert.Equal("cancelled", (await EndOfAsync(location)).GetProperty("state").GetString());
        var runs = await _client.GetFromJsonAsync<JsonElement>("/api/history?kind=load&text=control");
        Assert.Contains(runs.GetProperty("runs").EnumerateArray(), run => run.GetProperty("status").GetString() == "interrupted");
    }

    [Theory]
    [InlineData("", 400, "variant")]
    [InlineData("variant=nope&rate=1", 404, "nope")]
    [InlineData("variant=int8&rate=1&model=nope", 404, "nope")]
    [InlineData("variant=int8", 400, "`rate`")]
    [InlineData("variant=int8&rate=0", 400, "`rate`")]
    [InlineData("variant=int8&rate=99999999", 400, "`rate`")]
    [InlineData("variant=int8&rate=NaN", 400, "`rate`")]
    [InlineData("variant=int8&rate=1&schedule=recorded", 400, "`schedule`")]
    [InlineData("variant=int8&rate=1&duration=100000", 400, "seconds together")]
    [InlineData("variant=int8&rate=1&duration=0", 400, "`duration`")]
    [InlineData("variant=int8&loop=closed&clients=0", 400, "`clients`")]
    [InlineData("variant=int8&loop=closed&clients=100000", 400, "`clients`")]
    [InlineData("variant=int8&loop=round", 400, "`loop`")]
    [InlineData("variant=int8&rate=1&clients=2", 400, "`callers`")]
    [InlineData("variant=int8&rate=1&callers=100000", 400, "`callers`")]
    [InlineData("variant=int8&loop=closed&callers=2", 400, "`clients`")]
    [InlineData("variant=int8&loop=closed&rate=5", 400, "`rate` does not apply")]
    [InlineData("variant=int8&loop=closed&schedule=constant", 400, "`schedule` does not apply")]
    [InlineData("variant=int8&rate=1&fromRate=1", 400, "`fromRate` does not apply")]
    [InlineData("variant=int8&rate=1&schedule=constant&seed=2", 400, "`seed` does not apply")]
    [InlineData("variant=int8&rate=1&image=nope.jpg", 404, "nope.jpg")]
    [InlineData("variant=int8&rate=1&imageId=nope.jpg", 404, "nope.jpg")]
    public async Task ALoadRun_ThatMakesNoSense_IsRefusedWithTheReason(string query, int status, string named)
    {
        var answer = await _client.PostAsync("/api/load?" + query, null);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(named, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALoadRun_ThatIsNotThere_Is404() =>
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync("/api/load/0123456789abcdef")).StatusCode);

    [Fact]
    public async Task ALoadRun_ThatAStrangersPageAsksFor_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/load?variant=int8&rate=1");
        request.Headers.Add("Origin", "https://elsewhere.example");

        Assert.Equal(HttpStatusCode.BadRequest, (await _client.SendAsync(request)).StatusCode);
    }

    private async Task<JsonElement> RunAsync(string query)
    {
        var started = await _client.PostAsync("/api/load?" + query, null);
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        return await EndOfAsync(started.Headers.Location!.ToString());
    }

    private Task<JsonElement> EndOfAsync(string location) =>
        _client.UntilAsync(location, status => status.GetProperty("state").GetString() is not ("queued" or "running"));

    private async Task<JsonElement> ImportAsync(JsonNode export)
    {
        var answer = await _client.PostAsync("/api/history/import", new StringContent(export.ToJsonString(), Encoding.UTF8, "application/json"));
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
