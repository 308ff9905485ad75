using System.Net;
using System.Text.Json;

namespace LatencyLab.Tests.Api;

public sealed class ProfilesApiTests(ProfilesApiTests.App app) : IClassFixture<ProfilesApiTests.App>
{
    private readonly HttpClient _client = app.CreateClient();

    [Fact]
    public async Task Profile_OnceStarted_CanBeFollowedToItsResult()
    {
        var started = await _client.PostAsync("/api/profiles?variants=int8&batches=1,2,4&runs=2&repetitions=1", null);

        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        var done = await EndOfAsync(started.Headers.Location!.ToString());
        Assert.Equal("done", done.GetProperty("state").GetString());
        Assert.Equal(3, done.GetProperty("result").GetProperty("cells").GetArrayLength());
        var listed = JsonDocument.Parse(await _client.GetStringAsync("/api/profiles")).RootElement;
        Assert.Contains(listed.EnumerateArray(), profile => profile.GetProperty("id").GetString() == done.GetProperty("id").GetString());
        Assert.All(listed.EnumerateArray(), profile => Assert.False(profile.TryGetProperty("result", out _)));
    }

    [Fact]
    public async Task Profile_ThatIsDone_IsInTheHistoryAndGoneWhenItIsDeletedThere()
    {
        var started = await _client.PostAsync("/api/profiles?variants=int8&batches=1,2&runs=2&repetitions=1&warmup=3", null);
        var location = started.Headers.Location!.ToString();
        var id = (await EndOfAsync(location)).GetProperty("id").GetString();

        var run = JsonDocument.Parse(await _client.GetStringAsync($"/api/history/{id}")).RootElement;
        Assert.Equal("profile", run.GetProperty("kind").GetString());
        Assert.All(run.GetProperty("payload").GetProperty("cells").EnumerateArray(), cell => Assert.InRange(cell.GetProperty("warmupMs").GetArrayLength(), 0, 3));
        var csv = await _client.GetStringAsync($"/api/history/export?format=csv&ids={id}");
        Assert.Contains("batch 2", csv, StringComparison.Ordinal);
        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith("peak_memory_bytes,arena_bytes", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.True(long.Parse(line.Split(',')[^1], System.Globalization.CultureInfo.InvariantCulture) > 0, line));
        var itself = JsonDocument.Parse(await _client.GetStringAsync($"/api/history/compare?a={id}&b={id}")).RootElement;
        Assert.All(itself.GetProperty("differences").EnumerateArray(), difference => Assert.Equal("no-evidence", difference.GetProperty("evidence").GetString()));

        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync($"/api/history/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(location)).StatusCode);
    }

    [Fact]
    public async Task AProfile_ImportedFromAnotherMachine_CanBeOpened()
    {
        var started = await _client.PostAsync("/api/profiles?variants=int8&batches=1&runs=2&repetitions=1", null);
        var id = (await EndOfAsync(started.Headers.Location!.ToString())).GetProperty("id").GetString()!;
        var export = (await _client.GetStringAsync($"/api/history/export?ids={id}")).Replace(id, "from-elsewhere", StringComparison.Ordinal);

        await _client.PostAsync("/api/history/import", new StringContent(export, System.Text.Encoding.UTF8, "application/json"));

        var opened = JsonDocument.Parse(await _client.GetStringAsync("/api/profiles/from-elsewhere")).RootElement;
        Assert.Equal("done", opened.GetProperty("state").GetString());
        Assert.Equal(1, opened.GetProperty("result").GetProperty("cells").GetArrayLength());
    }

    [Fact]
    public async Task Profile_ThatWasCancelled_CanBeResumed()
    {
        var started = await _client.PostAsync("/api/profiles?variants=control&batches=1,2,3,4&runs=400&repetitions=10", null);
        var location = started.Headers.Location!.ToString();

        await _client.DeleteAsync(location);
        Assert.Equal("cancelled", (await EndOfAsync(location)).GetProperty("state").GetString());

        var resumed = await _client.PostAsync(location + "/resume", null);
        Assert.Equal(HttpStatusCode.Accepted, resumed.StatusCode);
        var state = JsonDocument.Parse(await resumed.Content.ReadAsStringAsync()).RootElement.GetProperty("state").GetString();
        Assert.Contains(state, new[] { "queued", "running" });
        await _client.DeleteAsync(location);
        await EndOfAsync(location);
    }

    [Fact]
    public async Task AProfile_CancelledAndResumed_IsOneRunOfTheHistoryThatEndsCompleted()
    {
        var started = await _client.PostAsync("/api/profiles?variants=int8&batches=1&runs=60&repetitions=60&warmup=0", null);
        var location = started.Headers.Location!.ToString();
        var inHistory = "/api/history/" + location.Split('/')[^1];
        await _client.UntilAsync(location, status => status.TryGetProperty("progress", out var share) && share.GetDouble() > 0);
        var running = JsonDocument.Parse(await _client.GetStringAsync(inHistory)).RootElement;

        await _client.DeleteAsync(location);
        await EndOfAsync(location);
        var stopped = JsonDocument.Parse(await _client.GetStringAsync(inHistory)).RootElement;
        await _client.PostAsync(location + "/resume", null);
        await EndOfAsync(location);
        var done = JsonDocument.Parse(await _client.GetStringAsync(inHistory)).RootElement;

        Assert.Equal(["running", "interrupted", "completed"], new[] { running, stopped, done }.Select(run => run.GetProperty("status").GetString()));
        Assert.Equal("It was stopped before its end.", stopped.GetProperty("message").GetString());
        Assert.False(done.TryGetProperty("message", out _));
        Assert.Equal(60, done.GetProperty("payload").GetProperty("cells")[0].GetProperty("samples").GetInt32());
    }

    [Theory]
    [InlineData("?variants=nope", 404)]
    [InlineData("?model=nope", 404)]
    [InlineData("?batches=0", 400)]
    [InlineData("?batches=many", 400)]
    [InlineData("?runs=0", 400)]
    [InlineData("?warmup=-1", 400)]
    public async Task AProfile_ThatMakesNoSense_IsRefused(string query, int status) =>
        Assert.Equal(status, (int)(await _client.PostAsync("/api/profiles" + query, null)).StatusCode);

    [Theory]
    [InlineData("/api/profiles/00000000000000000000000000000000")]
    [InlineData("/api/profiles/..%2F..%2Fappsettings")]
    public async Task AProfile_ThatIsNotThere_Is404(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(path)).StatusCode);

    [Fact]
    public async Task AProfile_ThatAStrangersPageAsksFor_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/profiles");
        request.Headers.Add("Origin", "https://elsewhere.example");

        Assert.Equal(HttpStatusCode.BadRequest, (await _client.SendAsync(request)).StatusCode);
    }

    private Task<JsonElement> EndOfAsync(string location) =>
        _client.UntilAsync(location, status => status.GetProperty("state").GetString() is not ("queued" or "running"));

    /// <summary>The application with a data folder of its own.</summary>
    public sealed class App : WebApp
    {
        private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("latencylab-data-");

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["LatencyLab:DataPath"] = _data.FullName };

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (_data.Exists)
            {
                _data.Delete(recursive: true);
                _data.Refresh();
            }
        }
    }
}
