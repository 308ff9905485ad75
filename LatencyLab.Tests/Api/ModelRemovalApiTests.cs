using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf;
using LatencyLab.Inference.Jobs;
using LatencyLab.Tests.Models.Import;
using LatencyLab.Web.Zoo;
using Microsoft.Extensions.DependencyInjection;

namespace LatencyLab.Tests.Api;

public class ModelRemovalApiTests(ImportingApp app) : IClassFixture<ImportingApp>
{
    private readonly HttpClient _client = app.CreateClient();

    private IZooService Zoo => app.Services.GetRequiredService<IZooService>();

    [Fact]
    public async Task AnImportedModel_RemovedAndImportedAgain_IsKnownByItsNewWeightsOnly()
    {
        await ImportAsync("tiny", Graphs.Classifier((builder, logits) => builder.Gemm(builder.Gemm(logits, Graphs.Classes, 40), 40, Graphs.Classes)).ToByteArray());
        Assert.Equal(137 + 240 + 205, await ParametersAsync("tiny"));
        await WaitAsync("/api/models/tiny/layers?variant=control&runs=3");
        await QuantizeAsync("tiny");
        Assert.Contains("fp16", await _client.GetStringAsync("/api/variants?model=tiny"), StringComparison.Ordinal);
        Assert.NotNull(Zoo.Profile("tiny", "control"));

        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync("/api/models/tiny")).StatusCode);

        Assert.DoesNotContain("\"tiny\"", await _client.GetStringAsync("/api/models"), StringComparison.Ordinal);
        Assert.DoesNotContain("\"tiny\"", await _client.GetStringAsync("/api/jobs"), StringComparison.Ordinal);
        await AssertProblemAsync(await _client.GetAsync("/api/variants?model=tiny"), 404, "not-found");
        await AssertProblemAsync(await _client.DeleteAsync("/api/models/tiny"), 404, "not-found");
        Assert.False(Directory.Exists(Path.Combine(app.ImportPath, "tiny")));

        await ImportAsync("tiny", Graphs.Classifier((builder, logits) => builder.Gemm(logits, Graphs.Classes, 3)).ToByteArray());
        Assert.Equal(137 + 15 + 3, await ParametersAsync("tiny"));
        Assert.Null(Zoo.Profile("tiny", "control"));
        Assert.DoesNotContain("fp16", await _client.GetStringAsync("/api/variants?model=tiny"), StringComparison.Ordinal);
        var profile = await WaitAsync("/api/models/tiny/layers?variant=control&runs=3");
        Assert.Equal(2, profile.GetProperty("layers").EnumerateArray().Count(layer => layer.GetProperty("operatorType").GetString() == "Gemm"));
        await _client.DeleteAsync("/api/models/tiny");
    }

    [Fact]
    public async Task AModel_ThatWasNotImported_StaysAndTheAnswerSaysWhy()
    {
        var problem = await AssertProblemAsync(await _client.DeleteAsync("/api/models/cifar10_resnet9_small"), 403, "model-not-imported");

        Assert.Equal("notImported", problem.GetProperty("reason").GetString());
        Assert.Contains("cifar10_resnet9_small", await _client.GetStringAsync("/api/models"), StringComparison.Ordinal);
        Assert.False(Zoo.CanRemove(Zoo.Find("cifar10_resnet9_small")!));
    }

    [Fact]
    public async Task AModel_ThatIsBeingWorkedOn_StaysUntilThat()
    {
        await ImportAsync("busy", Graphs.Classifier().ToByteArray());
        Assert.True(Zoo.CanRemove(Zoo.Find("busy")!));
        var finish = new TaskCompletionSource<object?>();
        var jobs = app.Services.GetRequiredService<JobRunner>();
        var job = jobs.Start("prune", "Busy, half of it", "busy", (_, _) => finish.Task);

        var problem = await AssertProblemAsync(await _client.DeleteAsync("/api/models/busy"), 409, "model-in-use");

        Assert.Contains("Busy, half of it", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        finish.SetResult(null);
        await jobs.WaitAsync(job.Id, CancellationToken.None);
        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync("/api/models/busy")).StatusCode);
    }

    [Fact]
    public async Task ABrowser_WithoutThePagesToken_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/models/cifar10_resnet9_small");
        request.Headers.Add("Origin", "https://elsewhere.example");

        await AssertProblemAsync(await _client.SendAsync(request), 400, "antiforgery");
    }

    private async Task ImportAsync(string id, byte[] model)
    {
        var answer = await _client.PostAsync($"/api/models?id={id}", new ByteArrayContent(model));
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }

    private async Task<long> ParametersAsync(string id) =>
        (await _client.GetFromJsonAsync<JsonElement>($"/api/models/{id}")).GetProperty("facts").GetProperty("parameters").GetInt64();

    private async Task QuantizeAsync(string id)
    {
        var answer = await _client.PostAsync($"/api/models/{id}/quantize?precision=fp16", null);
        var started = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var job = await app.Services.GetRequiredService<JobRunner>().WaitAsync(started.GetProperty("id").GetString()!, CancellationToken.None);
        Assert.True(job.State == JobState.Done, job.Message);
    }

    /// <summary>The answer of a variant once it is ready.</summary>
    private async Task<JsonElement> WaitAsync(string path)
    {
        for (var attempt = 0; ; attempt++)
        {
            var answer = await _client.GetAsync(path);
            if (answer.IsSuccessStatusCode)
            {
                return await answer.Content.ReadFromJsonAsync<JsonElement>();
            }
            Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable && attempt < 300, await answer.Content.ReadAsStringAsync());
            await Task.Delay(200);
        }
    }

    private static async Task<JsonElement> AssertProblemAsync(HttpResponseMessage answer, int status, string type)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, body);
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal(type, problem.GetProperty("type").GetString());
        return problem;
    }
}
