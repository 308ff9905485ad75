using System.Net;
using System.Text.Json;

namespace LatencyLab.Tests.Api;

public class LayersApiTests(WebApp app) : IClassFixture<WebApp>
{
    private readonly HttpClient _client = app.CreateClient();

    [Fact]
    public async Task Layers_OfAVariant_AnswerByTheContract()
    {
        var profile = await ReadAsync(await _client.GetAsync("/api/models/cifar10_resnet9/layers?variant=int8&runs=2"));

        Assert.Equal("int8", profile.GetProperty("variantId").GetString());
        Assert.Equal(2, profile.GetProperty("runs").GetInt32());
        Assert.True(profile.GetProperty("peak").GetProperty("int8GigaMultiplyAddsPerSecond").GetDouble() > 0);
        var layers = profile.GetProperty("layers").EnumerateArray().ToArray();
        Assert.Equal(1, layers.Sum(layer => layer.GetProperty("share").GetDouble()), tolerance: 1e-6);
        var convolution = layers.First(layer => layer.GetProperty("operatorType").GetString() == "QLinearConv");
        Assert.True(convolution.GetProperty("runsInInt8").GetBoolean());
        Assert.Equal("uint8", convolution.GetProperty("outputType").GetString());
        Assert.Contains(convolution.GetProperty("bound").GetString(), new[] { "compute", "memory" });
    }

    [Fact]
    public async Task Layers_AgainstAnotherVariant_AreMatched()
    {
        var diff = await ReadAsync(await _client.GetAsync("/api/models/cifar10_resnet9/layers?variant=control&against=int8&runs=2"));

        Assert.Equal("control", diff.GetProperty("left").GetProperty("variantId").GetString());
        var row = diff.GetProperty("rows")[0];
        Assert.Equal(row.GetProperty("rightMs").GetDouble() - row.GetProperty("leftMs").GetDouble(), row.GetProperty("deltaMs").GetDouble(), tolerance: 1e-9);
        Assert.NotEmpty(diff.GetProperty("insights").EnumerateArray());
    }

    [Theory]
    [InlineData("cifar10_resnet9/layers", 400, "bad-option")]
    [InlineData("cifar10_resnet9/layers?variant=int8&runs=0", 400, "bad-option")]
    [InlineData("cifar10_resnet9/layers?variant=int8&runs=many", 400, "bad-option")]
    [InlineData("cifar10_resnet9/layers?variant=nope", 404, "not-found")]
    [InlineData("cifar10_resnet9/layers?variant=int8&against=nope", 404, "not-found")]
    [InlineData("nope/layers?variant=int8", 404, "not-found")]
    public async Task Layers_ThatMakeNoSense_AreRefusedWithTheReason(string path, int status, string type) =>
        await AssertProblemAsync(await _client.GetAsync("/api/models/" + path), status, type);

    [Fact]
    public async Task Frontier_OnceMeasured_IsKept()
    {
        await AssertProblemAsync(await _client.GetAsync("/api/models/frontier"), 404, "not-found");

        var measured = await _client.PostAsync("/api/models/frontier?rounds=2&models=cifar10_resnet9", null);

        var result = await ReadAsync(measured);
        Assert.Equal("cifar10_resnet9", result.GetProperty("baseModelId").GetString());
        Assert.Equal(2, result.GetProperty("rounds").GetInt32());
        var row = result.GetProperty("rows").EnumerateArray().Single(row => row.GetProperty("variantId").GetString() == "int8");
        Assert.Equal("int8", row.GetProperty("precision").GetString());
        Assert.Equal(2, row.GetProperty("speedup").GetProperty("ci95").GetArrayLength());
        Assert.Equal(await measured.Content.ReadAsStringAsync(), await _client.GetStringAsync("/api/models/frontier"));
    }

    [Theory]
    [InlineData("?rounds=0", 400, "bad-option")]
    [InlineData("?base=nope", 404, "not-found")]
    [InlineData("?models=nope", 404, "not-found")]
    public async Task AFrontier_ThatMakesNoSense_IsRefusedWithTheReason(string query, int status, string type) =>
        await AssertProblemAsync(await _client.PostAsync("/api/models/frontier" + query, null), status, type);

    [Fact]
    public async Task AFrontier_ThatAStrangersPageAsksFor_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/models/frontier");
        request.Headers.Add("Origin", "https://elsewhere.example");

        await AssertProblemAsync(await _client.SendAsync(request), 400, "antiforgery");
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, body);
        return JsonDocument.Parse(body).RootElement;
    }

    private static async Task AssertProblemAsync(HttpResponseMessage answer, int status, string type)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, body);
        Assert.Equal(type, JsonDocument.Parse(body).RootElement.GetProperty("type").GetString());
    }
}
