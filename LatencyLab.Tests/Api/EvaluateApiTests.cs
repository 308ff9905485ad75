using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Evaluation;
using LatencyLab.Tests.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace LatencyLab.Tests.Api;

public class EvaluateApiTests(EvaluatingApp app, WebApp closed) : IClassFixture<EvaluatingApp>, IClassFixture<WebApp>
{
    private const string Evaluate = "/api/models/mine/evaluate";
    private readonly HttpClient _client = app.CreateClient();

    [Fact]
    public async Task Pictures_InAForm_AreEvaluatedAndTheirFileIsGone()
    {
        var job = await EndOfAsync(await _client.PostAsync(Evaluate, Form(LabelledZip.OfSamples(), ("variants", "control, int8"), ("allFiles", "false"))));

        Assert.True(job.GetProperty("state").GetString() == "done", job.ToString());
        var result = job.GetProperty("result");
        Assert.Equal(("mine", "val.zip", 8), (result.GetProperty("modelId").GetString(), result.GetProperty("data").GetString(), result.GetProperty("pictures").GetInt32()));
        Assert.Equal(["control", "int8"], result.GetProperty("variants").EnumerateArray().Select(variant => variant.GetProperty("id").GetString()));
        Assert.All(result.GetProperty("variants").EnumerateArray(), variant => Assert.Equal(1, variant.GetProperty("top1").GetDouble()));
        Assert.False(result.TryGetProperty("written", out _));
        Assert.Empty(OpenUploads());
        Assert.Empty(Directory.GetFiles(app.Uploads));
    }

    [Fact]
    public async Task Pictures_InTheBody_AreEvaluatedInAllFiles()
    {
        var content = new ByteArrayContent(LabelledZip.OfSamples());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");

        var job = await EndOfAsync(await _client.PostAsync($"{Evaluate}?variants=control&allFiles=true&name=holiday.zip", content));

        Assert.True(job.GetProperty("state").GetString() == "done", job.ToString());
        Assert.Equal("holiday.zip", job.GetProperty("result").GetProperty("data").GetString());
        var variants = job.GetProperty("result").GetProperty("variants").EnumerateArray().Select(variant => variant.GetProperty("id").GetString()).ToArray();
        Assert.Equal("control", variants[0]);
        Assert.Contains(Precisions.Int8SevenBit, variants);
    }

    [Fact]
    public async Task Write_WhereItIsAllowed_EntersTheAccuracyIntoTheCardAtOnce()
    {
        var job = await EndOfAsync(await _client.PostAsync(
            "/api/models/mine/evaluate", Form(LabelledZip.OfSamples(), ("variants", "control"), ("write", "true"), ("dataSet", "holiday pictures"))));

        Assert.True(job.GetProperty("state").GetString() == "done", job.ToString());
        Assert.Equal("holiday pictures", job.GetProperty("result").GetProperty("written")[0].GetProperty("dataSet").GetString());
        var stated = Assert.Single((await ReadAsync(await _client.GetAsync("/api/models/mine"))).GetProperty("accuracies").EnumerateArray());
        Assert.Equal(("holiday pictures", 1, 8), (stated.GetProperty("data").GetString(), stated.GetProperty("top1").GetDouble(), stated.GetProperty("pictures").GetInt32()));
        var models = (await ReadAsync(await _client.GetAsync("/api/models"))).EnumerateArray();
        Assert.Equal(1, models.Single(model => model.GetProperty("id").GetString() == "mine").GetProperty("top1").GetDouble());
    }

    [Fact]
    public async Task Write_WhereItIsNotAllowed_IsRefusedAndTheKeyIsNamed()
    {
        using var client = closed.CreateClient();

        var answer = await client.PostAsync("/api/models/cifar10_resnet9/evaluate", Form(LabelledZip.OfSamples(), ("write", "true")));

        await AssertProblemAsync(answer, 403, "card-writing-disabled", "LatencyLab:AllowModelImport");
    }

    [Fact]
    public async Task AJob_Cancelled_WhileItWaitsOrRuns_LeavesNoFileBehind()
    {
        // Nothing else may be measured meanwhile, so the first evaluation waits for its first picture and the second one for the first.
        using var measurement = await app.Services.GetRequiredService<ClassifierGate>().EnterAloneAsync(admitted: true, CancellationToken.None);
        var running = (await ReadAsync(await _client.PostAsync(Evaluate, Form(LabelledZip.OfSamples())))).GetProperty("id").GetString()!;
        await _client.UntilAsync($"/api/jobs/{running}", job => job.GetProperty("state").GetString() == "running");
        var waiting = (await ReadAsync(await _client.PostAsync(Evaluate, Form(LabelledZip.OfSamples())))).GetProperty("id").GetString()!;
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal(2, OpenUploads().Count());
        }

        await _client.DeleteAsync($"/api/jobs/{waiting}");
        await _client.DeleteAsync($"/api/jobs/{running}");

        var queue = app.Services.GetRequiredService<JobRunner>();
        Assert.Equal(JobState.Cancelled, (await queue.WaitAsync(waiting, CancellationToken.None)).State);
        Assert.Equal(JobState.Cancelled, (await queue.WaitAsync(running, CancellationToken.None)).State);
        Assert.Empty(OpenUploads());
        Assert.Empty(Directory.GetFiles(app.Uploads));
    }

    public static TheoryData<string, byte[], string> BadArchives() => new()
    {
        { "a text", "I am a text."u8.ToArray(), "no zip archive" },
        { "a way out", LabelledZip.Of(("../../cat/1.jpg", SamplePicture.Read("cat.jpg"))), "leads out of the archive" },
        { "another's class", LabelledZip.Of(("dragon/1.jpg", SamplePicture.Read("cat.jpg"))), "dragon" },
        { "no pictures", LabelledZip.Of(("cat/readme.txt", [1])), "no pictures found" },
        { "nested", LabelledZip.Of(("cat/inner.zip", LabelledZip.OfSamples())), "an archive within" },
        { "a bomb", LabelledZip.Of(("cat/1.jpg", new byte[30_000_000])), "larger than a picture may be" },
        { "many bombs", LabelledZip.Of(("cat/1.jpg", new byte[1_500_000]), ("cat/2.jpg", new byte[1_500_000])), "larger than 2 MB" },
    };

    [Theory]
    [MemberData(nameof(BadArchives))]
    public async Task AnArchive_ThatCannotBeUsed_IsRefusedWithTheReasonAndLeavesNothing(string kind, byte[] archive, string expected)
    {
        Assert.NotEmpty(kind);

        await AssertProblemAsync(await _client.PostAsync(Evaluate, Form(archive)), 422, "data-refused", expected);

        Assert.Empty(OpenUploads());
        Assert.Empty(Directory.GetFiles(app.Uploads));
    }

    [Fact]
    public async Task APicture_ThatIsDamagedOrLiesAboutItsSize_FailsTheJobByName()
    {
        var damaged = await EndOfAsync(await _client.PostAsync(Evaluate, Form(LabelledZip.Of(("cat/broken.jpg", [1, 2, 3])))));
        var bomb = await EndOfAsync(await _client.PostAsync(Evaluate, Form(LabelledZip.WithStatedSize(bytes: 50_000_000, stated: 100))));

        Assert.Equal("failed", damaged.GetProperty("state").GetString());
        Assert.Contains("cat/broken.jpg", damaged.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("failed", bomb.GetProperty("state").GetString());
        Assert.Contains("cat/0001.jpg", bomb.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(OpenUploads());
    }

    [Fact]
    public async Task AnArchive_BeyondTheLimit_IsRefusedAndTheKeyIsNamed()
    {
        await AssertProblemAsync(
            await _client.PostAsync(Evaluate, Form(new byte[EvaluatingApp.MaxBytes + 1])), 413, "data-too-large", "LatencyLab:Web:EvaluationUploadBytes");
        Assert.Empty(OpenUploads());
    }

    [Theory]
    [InlineData("?variants=none", 404, "not-found", "none")]
    [InlineData("?dataSet=val", 400, "bad-option", "`write`")]
    [InlineData("?write=perhaps", 400, "bad-option", "perhaps")]
    [InlineData("?allFiles=2", 400, "bad-option", "allFiles")]
    public async Task AnOption_ThatMakesNoSense_IsNamed(string query, int status, string type, string named)
    {
        await AssertProblemAsync(await _client.PostAsync(Evaluate + query, Form(LabelledZip.OfSamples())), status, type, named);
        Assert.Empty(OpenUploads());
    }

    [Fact]
    public async Task ARequest_WithoutPicturesOrForNoModel_IsRefused()
    {
        await AssertProblemAsync(await _client.PostAsync(Evaluate, null), 400, "data-missing", "`data`");
        await AssertProblemAsync(await _client.PostAsync("/api/models/nope/evaluate", Form(LabelledZip.OfSamples())), 404, "not-found", "nope");
    }

    [Fact]
    public async Task ARequest_FromAStrangersPage_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Evaluate) { Content = Form(LabelledZip.OfSamples()) };
        request.Headers.Add("Origin", "https://elsewhere.example");

        await AssertProblemAsync(await _client.SendAsync(request), 400, "antiforgery", "page");
    }

    /// <summary>Archives that the process holds; they have no name that a folder would list.</summary>
    private IEnumerable<string> OpenUploads() => OperatingSystem.IsLinux()
        ? [.. Directory.GetFiles("/proc/self/fd").Select(TargetOf).OfType<string>().Where(path => path.StartsWith(app.Uploads, StringComparison.Ordinal))]
        : [];

    private static string? TargetOf(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget;
        }
        catch (IOException)
        {
            // Closed since it was listed.
            return null;
        }
    }

    private static MultipartFormDataContent Form(byte[] archive, params (string Name, string Value)[] options)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(archive), "data", "val.zip" } };
        foreach (var (name, value) in options)
        {
            form.Add(new StringContent(value), name);
        }
        return form;
    }

    private async Task<JsonElement> EndOfAsync(HttpResponseMessage accepted)
    {
        Assert.True(accepted.StatusCode == HttpStatusCode.Accepted, await accepted.Content.ReadAsStringAsync());
        return await _client.UntilAsync(accepted.Headers.Location!.ToString(), job => job.GetProperty("state").GetString() is not ("queued" or "running"));
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    private static async Task AssertProblemAsync(HttpResponseMessage answer, int status, string type, string named)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{answer.StatusCode}: {body}");
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal(type, problem.GetProperty("type").GetString());
        Assert.Contains(named, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
