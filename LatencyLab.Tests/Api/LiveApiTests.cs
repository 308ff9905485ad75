using System.Net;
using System.Text;
using System.Text.Json;
using LatencyLab.Inference.Live;
using LatencyLab.Tests.Sessions;
using LatencyLab.Web.Comparisons;
using LatencyLab.Web.Live;
using Microsoft.Extensions.DependencyInjection;

namespace LatencyLab.Tests.Api;

public sealed class LiveApiTests(WebApp app) : IClassFixture<WebApp>, IAsyncLifetime
{
    private readonly HttpClient _client = app.CreateClient();

    private ILiveSession Session => app.Services.GetRequiredService<ILiveSession>();

    public Task InitializeAsync() => Session.StopAsync();

    public Task DisposeAsync() => Session.StopAsync();

    [Fact]
    public async Task ARun_OnceStarted_MeasuresTheChosenVariants()
    {
        var started = await _client.PostAsync("/api/live/start?variants=control,int8&images=cat.jpg&rate=20", null);

        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        var live = await UntilAsync(answer => Variants(answer).All(variant => variant.GetProperty("samples").GetInt64() > 5));
        Assert.Equal(["control", "int8"], Variants(live).Select(variant => variant.GetProperty("id").GetString()));
        Assert.Equal("running", State(live));
        Assert.Equal(["cat.jpg"], live.GetProperty("status").GetProperty("imageIds").EnumerateArray().Select(id => id.GetString()));
        Assert.All(Variants(live), variant =>
        {
            Assert.True(variant.GetProperty("p50Ms").GetDouble() > 0);
            Assert.Equal("cat", variant.GetProperty("answer").GetProperty("label").GetString());
            Assert.Contains(variant.GetProperty("stages").EnumerateArray(), stage => stage.GetProperty("stage").GetString() == "inference");
        });
    }

    [Fact]
    public async Task ARun_PausedResumedAndStopped_SaysSo()
    {
        await _client.PostAsync("/api/live/start?variants=int8", null);
        await UntilAsync(answer => State(answer) == "running" && answer.TryGetProperty("latest", out _));

        Assert.Equal("paused", State(await PostAsync("/api/live/pause")));
        Assert.Equal("running", State(await PostAsync("/api/live/resume")));
        Assert.Equal(7.5, (await PostAsync("/api/live/rate?rate=7.5")).GetProperty("status").GetProperty("ratePerSecond").GetDouble());
        Assert.Equal("stopped", State(await PostAsync("/api/live/stop")));
        Assert.Equal("stopped", State(await PostAsync("/api/live/pause")));
    }

    [Fact]
    public async Task Frames_AsEvents_FollowOneAnother()
    {
        await _client.PostAsync("/api/live/start?variants=int8", null);

        using var stream = await _client.GetStreamAsync("/api/live/frames");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var numbers = new List<int>();
        while (numbers.Count < 5)
        {
            if (await reader.ReadLineAsync() is { } line && line.StartsWith("data:", StringComparison.Ordinal))
            {
                numbers.Add(JsonDocument.Parse(line[5..]).RootElement.GetProperty("number").GetInt32());
            }
        }

        Assert.Equal(numbers.Order().Distinct(), numbers);
        Assert.Equal(1, Session.Feed.Watchers);
    }

    [Fact]
    public async Task APicture_ShownWhileItRuns_IsWhatIsAnswered()
    {
        var cat = new StoredImage(new("phone.jpg", "jpeg", 640, 480, 1, "00"), SamplePicture.Read("cat.jpg"));
        Assert.False(Session.ShowPicture(cat));
        await _client.PostAsync("/api/live/start?variants=int8&images=ship.jpg&rate=20", null);
        await UntilAsync(answer => AnswerOf(answer) == "ship");

        Assert.True(Session.ShowPicture(cat));

        var live = await UntilAsync(answer => AnswerOf(answer) == "cat");
        Assert.Equal("phone.jpg", live.GetProperty("status").GetProperty("shown").GetProperty("name").GetString());
        Assert.Equal("image/jpeg", (await _client.GetAsync("/api/live/picture")).Content.Headers.ContentType!.MediaType);
        Session.ShowChosenPictures();
        await UntilAsync(answer => AnswerOf(answer) == "ship");
        await Session.StopAsync();
        Assert.Null(Session.Shown);
    }

    [Fact]
    public async Task ARecording_OfARun_CanBeReadAgain()
    {
        Assert.Equal(HttpStatusCode.Conflict, (await _client.PostAsync("/api/live/recording", null)).StatusCode);
        await _client.PostAsync("/api/live/start?variants=int8", null);
        await UntilAsync(answer => State(answer) == "running");

        await PostAsync("/api/live/recording");
        await UntilAsync(answer => answer.GetProperty("status").GetProperty("recording").GetProperty("frames").GetInt32() > 3);
        await PostAsync("/api/live/recording/stop");

        var answer = await _client.GetAsync("/api/live/recording");
        Assert.StartsWith("latencylab-live-", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'), StringComparison.Ordinal);
        var recording = await LiveRecordingFile.ReadAsync(await answer.Content.ReadAsStreamAsync(), CancellationToken.None);
        Assert.Equal("cifar10_resnet9", recording.ModelId);
        Assert.True(recording.Frames.Count > 3);
        Assert.False(string.IsNullOrEmpty(recording.Environment.Cpu));
    }

    [Theory]
    [InlineData("/api/live/start?variants=nope", 404)]
    [InlineData("/api/live/start?model=nope", 404)]
    [InlineData("/api/live/start?images=nope.jpg", 404)]
    [InlineData("/api/live/start?rate=0", 400)]
    [InlineData("/api/live/start?rate=many", 400)]
    [InlineData("/api/live/rate", 400)]
    [InlineData("/api/live/rate?rate=1000", 400)]
    public async Task ARequest_ThatMakesNoSense_IsRefusedAndStartsNothing(string address, int status)
    {
        Assert.Equal(status, (int)(await _client.PostAsync(address, null)).StatusCode);
        Assert.False(Session.Status.IsActive());
    }

    [Theory]
    [InlineData("/api/live/start")]
    [InlineData("/api/live/pause")]
    [InlineData("/api/live/stop")]
    [InlineData("/api/live/rate?rate=5")]
    [InlineData("/api/live/recording")]
    public async Task ARequest_OfAStrangersPage_IsRefused(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Headers.Add("Origin", "https://elsewhere.example");

        Assert.Equal(HttpStatusCode.BadRequest, (await _client.SendAsync(request)).StatusCode);
    }

    private static string? State(JsonElement answer) => answer.GetProperty("status").GetProperty("state").GetString();

    private static JsonElement[] Variants(JsonElement answer) =>
        answer.TryGetProperty("latest", out var latest) ? [.. latest.GetProperty("variants").EnumerateArray()] : [];

    private static string? AnswerOf(JsonElement answer) =>
        Variants(answer) is [var variant, ..] && variant.TryGetProperty("answer", out var found) ? found.GetProperty("label").GetString() : null;

    private async Task<JsonElement> PostAsync(string address)
    {
        var answer = await _client.PostAsync(address, null);
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    private Task<JsonElement> UntilAsync(Predicate<JsonElement> isMet) =>
        _client.UntilAsync("/api/live", answer => answer.TryGetProperty("latest", out _) && isMet(answer));
}
