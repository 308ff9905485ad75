using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Api;

public class ApiTests(WebApp app) : IClassFixture<WebApp>
{
    private readonly HttpClient _client = app.CreateClient();

    [Fact]
    public async Task Models_Listed_HaveTheEmbeddedOne()
    {
        var models = await _client.GetFromJsonAsync<JsonElement>("/api/models");

        Assert.Contains(models.EnumerateArray(), model => model.GetProperty("id").GetString() == "cifar10_resnet9");
    }

    [Fact]
    public async Task Variants_OfTheDefaultModel_AreReadyAndControlComesFirst()
    {
        var variants = await _client.GetFromJsonAsync<JsonElement>("/api/variants");

        Assert.Equal(["control", "engine", "int8"], variants.EnumerateArray().Select(variant => variant.GetProperty("id").GetString()));
        Assert.All(variants.EnumerateArray(), variant => Assert.Equal("ready", variant.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task APageThatIsNot_SaysSoToPeople()
    {
        var answer = await _client.GetAsync("/no-such-page");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is no such page", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("form")]
    [InlineData("body")]
    [InlineData("body called a form")]
    [InlineData("imageId")]
    [InlineData("imageId in a form")]
    public async Task Classify_HoweverThePictureComes_GivesTheSameAnswer(string way)
    {
        var picture = SamplePicture.Read("ship.jpg");
        var answer = way switch
        {
            "form" => await _client.PostAsync("/api/classify/int8", WebApp.Form(picture)),
            "body" => await _client.PostAsync("/api/classify/int8", new ByteArrayContent(picture)),
            "body called a form" => await _client.PostAsync("/api/classify/int8", AsForm(picture)),
            "imageId in a form" => await _client.PostAsync("/api/classify/int8", new FormUrlEncodedContent(
                new Dictionary<string, string> { ["imageId"] = await UploadAsync(picture), ["model"] = "cifar10_resnet9" })),
            _ => await _client.PostAsync("/api/classify/int8?imageId=" + await UploadAsync(picture), null),
        };

        var result = await ReadAsync(answer);
        Assert.Equal("int8", result.GetProperty("variant").GetString());
        Assert.Equal("cifar10_resnet9", result.GetProperty("modelId").GetString());
        Assert.Equal(5, result.GetProperty("predictions").GetArrayLength());
        var stages = result.GetProperty("stages").EnumerateArray().ToArray();
        Assert.Contains(stages, stage => stage.GetProperty("stage").GetString() == "queue");
        Assert.Equal(result.GetProperty("totalMs").GetDouble(), stages.Sum(stage => stage.GetProperty("ms").GetDouble()), tolerance: 1e-3);
    }

    [Fact]
    public async Task Compare_ASample_AnswersWithTheContractAndKeepsTheResult()
    {
        var answer = await _client.PostAsync("/api/compare?imageId=cat.jpg&rounds=4&warmup=1&variants=int8&mode=race", null);

        var result = await ReadAsync(answer);
        Assert.Equal("race", result.GetProperty("mode").GetString());
        Assert.Equal(4, result.GetProperty("rounds").GetInt32());
        Assert.Equal(["control", "int8"], result.GetProperty("variants").EnumerateArray().Select(variant => variant.GetProperty("id").GetString()));
        var total = result.GetProperty("variants")[1].GetProperty("total");
        Assert.Equal(2, total.GetProperty("ci95Ms").GetArrayLength());
        Assert.False(total.TryGetProperty("p90Ms", out _));
        Assert.Equal(2, result.GetProperty("variants")[1].GetProperty("speedup").GetProperty("ci95").GetArrayLength());

        var id = result.GetProperty("id").GetString();
        var kept = await _client.GetStringAsync($"/api/comparisons/{id}");
        Assert.Equal(await answer.Content.ReadAsStringAsync(), kept);
        Assert.Contains(id!, await _client.GetStringAsync("/api/comparisons"), StringComparison.Ordinal);
        var csv = await _client.GetAsync($"/api/comparisons/{id}.csv");
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        var lines = (await csv.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Equal(lines[0].Split(',').Length, lines[1].Split(',').Length);
    }

    [Theory]
    [InlineData("/api/classify/int8", 415, "image-format-unsupported")]
    [InlineData("/api/compare", 415, "image-format-unsupported")]
    [InlineData("/api/images", 415, "image-format-unsupported")]
    public async Task ATextFile_IsRefusedAsNoPicture(string path, int status, string type) =>
        await AssertProblemAsync(await _client.PostAsync(path, new ByteArrayContent("Hello, I am no picture."u8.ToArray())), status, type);

    [Fact]
    public async Task ATruncatedPicture_IsRefusedAsDamaged() => await AssertProblemAsync(
        await _client.PostAsync("/api/classify/control", new ByteArrayContent(SamplePicture.Read("ship.jpg")[..5000])), 422, "image-corrupt");

    [Fact]
    public async Task AFile_BeyondTheLimit_IsRefusedAsTooLarge() => await AssertProblemAsync(
        await _client.PostAsync("/api/images", new ByteArrayContent(new byte[20_000_001])), 413, "image-too-large");

    [Fact]
    public async Task AForm_BeyondTheLimit_IsRefusedAsTooLarge() => await AssertProblemAsync(
        await _client.PostAsync("/api/images", WebApp.Form(new byte[20_000_001])), 413, "image-too-large");

    [Theory]
    [InlineData("/api/classify/int8", 400, "picture-missing")]
    [InlineData("/api/classify/int8?imageId=gone", 404, "not-found")]
    [InlineData("/api/classify/nope?imageId=cat.jpg", 404, "not-found")]
    [InlineData("/api/classify/int8?imageId=cat.jpg&model=nope", 404, "not-found")]
    [InlineData("/api/classify/int8?imageId=../appsettings.json", 404, "not-found")]
    [InlineData("/api/compare?imageId=cat.jpg&rounds=0", 400, "bad-option")]
    [InlineData("/api/compare?imageId=cat.jpg&rounds=many", 400, "bad-option")]
    [InlineData("/api/compare?imageId=cat.jpg&warmup=101", 400, "bad-option")]
    [InlineData("/api/compare?imageId=cat.jpg&mode=sprint", 400, "bad-option")]
    [InlineData("/api/compare?imageId=cat.jpg&variants=nope", 404, "not-found")]
    public async Task ARequest_ThatMakesNoSense_IsRefusedWithTheReason(string path, int status, string type) =>
        await AssertProblemAsync(await _client.PostAsync(path, null), status, type);

    [Fact]
    public async Task AComparison_ThatIsGone_IsNotFound() => await AssertProblemAsync(await _client.GetAsync("/api/comparisons/0123"), 404, "not-found");

    [Theory]
    [InlineData("POST", "/api/models")]
    [InlineData("POST", "/api/models/pull?id=resnet50_v1")]
    [InlineData("DELETE", "/api/models/cifar10_resnet9")]
    public async Task AModel_WhereTheOperatorHasNotAllowedImports_IsRefused(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent([1]) };

        await AssertProblemAsync(await _client.SendAsync(request), 403, "model-import-disabled");
    }

    [Fact]
    public async Task ABrowser_WithoutThePagesToken_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/images") { Content = WebApp.Form(SamplePicture.Read("cat.jpg")) };
        request.Headers.Add("Origin", "https://elsewhere.example");

        await AssertProblemAsync(await _client.SendAsync(request), 400, "antiforgery");
    }

    [Fact]
    public async Task OpenApi_Document_DescribesTheEndpoints()
    {
        var document = await _client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        var paths = document.GetProperty("paths");
        Assert.True(paths.TryGetProperty("/api/compare", out var compare));
        Assert.True(compare.GetProperty("post").GetProperty("responses").TryGetProperty("422", out _));
        Assert.True(paths.TryGetProperty("/api/classify/{variant}", out _));
    }

    [Fact]
    public async Task EveryAnswer_CarriesSecurityHeaders()
    {
        var answer = await _client.GetAsync("/");

        Assert.Contains("script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Health_WithWarmVariants_IsLiveAndReady()
    {
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync("/healthz/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync("/healthz/ready")).StatusCode);
    }

    /// <summary>As curl sends a file with --data-binary.</summary>
    private static ByteArrayContent AsForm(byte[] picture)
    {
        var content = new ByteArrayContent(picture);
        content.Headers.ContentType = new("application/x-www-form-urlencoded");
        return content;
    }

    private async Task<string> UploadAsync(byte[] picture)
    {
        var uploaded = await ReadAsync(await _client.PostAsync("/api/images", WebApp.Form(picture, "<b>ship.jpg")));
        Assert.Equal("<b>ship.jpg", uploaded.GetProperty("name").GetString());
        Assert.Equal("jpeg", uploaded.GetProperty("format").GetString());
        return uploaded.GetProperty("imageId").GetString()!;
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    private static async Task AssertProblemAsync(HttpResponseMessage answer, int status, string type)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal(type, problem.GetProperty("type").GetString());
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("title").GetString()));
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("detail").GetString()));
    }
}
