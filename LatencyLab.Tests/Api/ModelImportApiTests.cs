using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using LatencyLab.Tests.Models.Import;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Api;

public class ModelImportApiTests(ImportingApp app) : IClassFixture<ImportingApp>
{
    private readonly HttpClient _client = app.CreateClient();

    [Fact]
    public async Task AModel_InAForm_IsImportedAndClassifiesAtOnce()
    {
        var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Graphs.Classifier().ToByteArray()), "model", "Insects (2).onnx" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes("ant\nbee\ncat\ndog\neel\n")), "labels", "names.txt" },
            { new StringContent("stretch"), "resize" },
            { new StringContent("0.5,0.5,0.5"), "mean" },
            { new StringContent("0.5,0.5,0.5"), "std" },
        };

        var answer = await _client.PostAsync("/api/models", form);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var summary = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("insects_2", summary.GetProperty("id").GetString());
        Assert.Equal(5, summary.GetProperty("classes").GetInt32());
        Assert.Equal(0, summary.GetProperty("notes").GetArrayLength());
        Assert.Contains("insects_2", await IdsAsync("/api/models"));
        var classified = await ClassifyAsync("insects_2");
        Assert.Contains(classified.GetProperty("predictions")[0].GetProperty("label").GetString(), new[] { "ant", "bee", "cat", "dog", "eel" });
    }

    [Theory]
    [InlineData("", HttpStatusCode.Created)]
    [InlineData("names.txt", HttpStatusCode.UnprocessableEntity)]
    public async Task Labels_ThatAreEmpty_AreAMistakeOnlyWhereAFileWasChosen(string fileName, HttpStatusCode expected)
    {
        var body = new MemoryStream();
        void Part(string disposition, byte[] content)
        {
            body.Write(Encoding.UTF8.GetBytes($"--x\r\nContent-Disposition: form-data; {disposition}\r\nContent-Type: application/octet-stream\r\n\r\n"));
            body.Write(content);
            body.Write("\r\n"u8);
        }
        Part($"name=\"model\"; filename=\"{(fileName.Length == 0 ? "none" : "some")}_chosen.onnx\"", Graphs.Classifier().ToByteArray());
        Part($"name=\"labels\"; filename=\"{fileName}\"", []);
        body.Write("--x--\r\n"u8);
        var content = new ByteArrayContent(body.ToArray());
        content.Headers.Add("Content-Type", "multipart/form-data; boundary=x");

        var answer = await _client.PostAsync("/api/models", content);

        Assert.True(answer.StatusCode == expected, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task AModel_LargerThanAPictureMayBe_InTheBody_IsImported()
    {
        // Some 400 kB of weights.
        var model = Graphs.Classifier((b, x) => b.Gemm(b.Gemm(x, 5, 20_000, transposed: false), 20_000, 5, transposed: false));

        var answer = await _client.PostAsync("/api/models?id=wide&size=8", new ByteArrayContent(model.ToByteArray()));

        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        Assert.Contains((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("notes").EnumerateArray(), note => note.GetString()!.Contains("No labels", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AModel_BeyondTheLimit_IsRefusedAsTooLarge()
    {
        await AssertProblemAsync(await _client.PostAsync("/api/models", new ByteArrayContent(new byte[ImportingApp.MaxSizeBytes + 1])), 413, "model-too-large");
        await AssertProblemAsync(
            await _client.PostAsync("/api/models", new MultipartFormDataContent { { new ByteArrayContent(new byte[ImportingApp.MaxSizeBytes + 1]), "model", "x.onnx" } }),
            413, "model-too-large");
        AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("picture", 422, "model-refused", "notOnnx")]
    [InlineData("sigmoid", 422, "model-refused", "notClassifier")]
    [InlineData("external", 422, "model-refused", "externalDataOutside")]
    [InlineData("nothing", 400, "model-missing", null)]
    public async Task AModel_ThatIsNoUsableClassifier_IsRefusedWithTheReason(string kind, int status, string type, string? reason)
    {
        var content = kind switch
        {
            "picture" => SamplePicture.Read("cat.jpg"),
            "sigmoid" => Graphs.Classifier((b, x) => b.Node("Sigmoid", [x])).ToByteArray(),
            "external" => Graphs.Classifier().WithExternalWeights("/etc/passwd").ToByteArray(),
            _ => [],
        };

        var problem = await AssertProblemAsync(await _client.PostAsync("/api/models", new ByteArrayContent(content)), status, type);

        Assert.Equal(reason, problem.TryGetProperty("reason", out var actual) ? actual.GetString() : null);
        AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("id=../evil", 400, "bad-option")]
    [InlineData("size=big", 400, "bad-option")]
    [InlineData("mean=1,x,2", 400, "bad-option")]
    [InlineData("std=0,0,0", 400, "bad-option")]
    [InlineData("id=cifar10_resnet9", 409, "model-exists")]
    public async Task AnOption_ThatMakesNoSense_IsRefused(string query, int status, string type) =>
        await AssertProblemAsync(await _client.PostAsync("/api/models?" + query, new ByteArrayContent(Graphs.Classifier().ToByteArray())), status, type);

    [Fact]
    public async Task ABrowser_WithoutThePagesToken_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/models") { Content = new ByteArrayContent(Graphs.Classifier().ToByteArray()) };
        request.Headers.Add("Origin", "https://elsewhere.example");

        await AssertProblemAsync(await _client.SendAsync(request), 400, "antiforgery");
    }

    [Fact]
    public async Task APublishedModel_IsListedPulledAndThenHere()
    {
        var before = await _client.GetFromJsonAsync<JsonElement>("/api/models/published");
        Assert.False(before[0].GetProperty("isPulled").GetBoolean());

        var answer = await _client.PostAsync("/api/models/pull?id=tiny", null);

        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        var job = await EndOfAsync(answer.Headers.Location!);
        Assert.True(job.GetProperty("state").GetString() == "done", job.ToString());
        Assert.Equal(("pull", "tiny"), (job.GetProperty("kind").GetString(), job.GetProperty("result").GetProperty("id").GetString()));
        Assert.Contains(job.GetProperty("result").GetProperty("notes").EnumerateArray(), note => note.GetString()!.Contains("not verified", StringComparison.Ordinal));
        Assert.True((await _client.GetFromJsonAsync<JsonElement>("/api/models/published"))[0].GetProperty("isPulled").GetBoolean());
        Assert.Contains("tiny", await IdsAsync("/api/models"));
        await AssertProblemAsync(await _client.PostAsync("/api/models/pull?id=tiny", null), 409, "model-exists");
        await AssertProblemAsync(await _client.PostAsync("/api/models/pull?id=nope", null), 404, "not-found");
    }

    private async Task<JsonElement> EndOfAsync(Uri job)
    {
        for (var attempt = 0; ; attempt++)
        {
            var status = await _client.GetFromJsonAsync<JsonElement>(job);
            if (status.GetProperty("state").GetString() is not ("queued" or "running"))
            {
                return status;
            }
            Assert.True(attempt < 300, status.ToString());
            await Task.Delay(200);
        }
    }

    private async Task<JsonElement> ClassifyAsync(string model)
    {
        for (var attempt = 0; ; attempt++)
        {
            var answer = await _client.PostAsync($"/api/classify/control?model={model}", new ByteArrayContent(SamplePicture.Read("cat.jpg")));
            if (answer.IsSuccessStatusCode)
            {
                return await answer.Content.ReadFromJsonAsync<JsonElement>();
            }
            Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable && attempt < 300, await answer.Content.ReadAsStringAsync());
            await Task.Delay(200);
        }
    }

    private async Task<IReadOnlyList<string?>> IdsAsync(string path) =>
        [.. (await _client.GetFromJsonAsync<JsonElement>(path)).EnumerateArray().Select(model => model.GetProperty("id").GetString())];

    private void AssertNothingIsLeft() => Assert.All(
        Directory.GetDirectories(app.ImportPath), folder => Assert.True(File.Exists(Path.Combine(folder, "model.json")), folder));

    private static async Task<JsonElement> AssertProblemAsync(HttpResponseMessage answer, int status, string type)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, body);
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal(type, problem.GetProperty("type").GetString());
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("detail").GetString()));
        return problem;
    }
}
