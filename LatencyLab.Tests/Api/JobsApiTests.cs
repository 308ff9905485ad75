using System.Net;
using System.Text.Json;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Models;
using LatencyLab.Tests.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Tests.Api;

public class JobsApiTests(JobsApiTests.QuantizingApp app) : JobsApiTest(app), IClassFixture<JobsApiTests.QuantizingApp>
{
    private const string Quantize = "/api/models/cifar10_resnet9/quantize";

    [Fact]
    public async Task Quantize_WithSentPictures_MakesAVariantThatAnswers()
    {
        var answer = await Client.PostAsync(Quantize, Form(("method", "percentile"), SamplePicture.Read("ship.jpg"), SamplePicture.Read("cat.jpg")));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var job = await EndOfAsync(answer.Headers.Location!);
        Assert.True(job.GetProperty("state").GetString() == "done", job.ToString());
        var result = job.GetProperty("result");
        Assert.Equal("percentile", result.GetProperty("method").GetString()!.Split(' ', ':')[0]);
        Assert.Equal(2, result.GetProperty("calibrationPictures").GetInt32());
        Assert.InRange(result.GetProperty("agreement").GetDouble(), 0, 1);
        Assert.True(result.GetProperty("sizeAfterBytes").GetInt64() < result.GetProperty("sizeBeforeBytes").GetInt64() / 3);
        var variant = result.GetProperty("variantId").GetString()!;
        Assert.StartsWith("int8-percentile", variant, StringComparison.Ordinal);
        var classified = await ReadyAsync(variant, SamplePicture.Read("ship.jpg"));
        Assert.Equal(variant, classified.GetProperty("variant").GetString());
        Assert.Equal("ship", classified.GetProperty("predictions")[0].GetProperty("label").GetString());
        Assert.Contains(variant, await Client.GetStringAsync("/api/variants"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await Client.GetAsync("/healthz/ready")).StatusCode);

        var file = await Client.GetAsync($"/api/models/cifar10_resnet9/variants/{variant}/file");
        Assert.Equal($"cifar10_resnet9.{variant}.onnx", file.Content.Headers.ContentDisposition!.FileName);
        using (var session = new InferenceSession(await file.Content.ReadAsByteArrayAsync()))
        {
            Assert.Equal(["logits"], session.OutputNames);
        }

        Assert.Equal(HttpStatusCode.NoContent, (await Client.DeleteAsync($"/api/models/cifar10_resnet9/variants/{variant}")).StatusCode);
        Assert.DoesNotContain(variant, await Client.GetStringAsync("/api/variants"), StringComparison.Ordinal);
        await AssertProblemAsync(await Client.DeleteAsync($"/api/models/cifar10_resnet9/variants/{variant}"), 404, "not-found", "No variant");
        await AssertProblemAsync(await Client.DeleteAsync("/api/models/cifar10_resnet9/variants/control"), 404, "not-found", "configured");
    }

    [Fact]
    public async Task Quantize_WithoutPictures_TakesTheConfiguredFolder()
    {
        var answer = await Client.PostAsync(Quantize + "?method=min-max", null);

        var job = await EndOfAsync(answer.Headers.Location!);

        Assert.True(job.GetProperty("state").GetString() == "done", job.ToString());
        Assert.Equal(4, job.GetProperty("result").GetProperty("calibrationPictures").GetInt32());
    }

    [Fact]
    public async Task Frontier_AfterAQuantization_HasTheNewVariantAndItsAccuracyOnceMeasured()
    {
        var job = await EndOfAsync((await Client.PostAsync(Quantize + "?method=mse", null)).Headers.Location!);
        var id = job.GetProperty("result").GetProperty("variantId").GetString()!;

        var before = await FrontierRowAsync(id);
        var made = App.Services.GetRequiredService<MadeVariants>();
        var variant = made.Of(EmbeddedZoo.Default).Single(variant => variant.Options.Id == id);
        made.EnterAccuracy(variant, new("cifar10_test", "int8", 0.75, 1, 8, null));
        var after = await FrontierRowAsync(id);

        Assert.Equal("int8", before.GetProperty("precision").GetString());
        Assert.False(before.TryGetProperty("top1", out _));
        Assert.False(before.GetProperty("onFrontier").GetBoolean());
        Assert.Equal(0.75, after.GetProperty("top1").GetDouble());
    }

    [Fact]
    public async Task Quantize_WithinABudget_SaysWhatItTookToHoldIt()
    {
        var answer = await Client.PostAsync(Quantize + "?maxDrop=100", null);

        var job = await EndOfAsync(answer.Headers.Location!);
        Assert.True(job.GetProperty("state").GetString() == "done", job.ToString());
        var budget = job.GetProperty("result").GetProperty("budget");
        Assert.Equal("agreement", budget.GetProperty("measure").GetString());
        Assert.Equal(0, budget.GetProperty("floatLayers").GetArrayLength());
        Assert.Contains("within the budget of 100", budget.GetProperty("conclusion").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sensitivity_OfTheConfiguredPictures_RanksEveryLayerWithWeights()
    {
        var answer = await Client.PostAsync("/api/models/cifar10_resnet9/sensitivity", null);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var job = await EndOfAsync(answer.Headers.Location!);
        Assert.True(job.GetProperty("state").GetString() == "done", job.ToString());
        var result = job.GetProperty("result");
        Assert.Equal(2, result.GetProperty("pictures").GetInt32());
        Assert.Equal(2, result.GetProperty("calibrationPictures").GetInt32());
        var divergences = result.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("klDivergence").GetDouble()).ToArray();
        Assert.Equal(11, divergences.Length);
        Assert.Equal(divergences.OrderDescending(), divergences);
    }

    [Fact]
    public async Task Sensitivity_OnePicture_IsRefusedBecauseNoneWouldJudge()
    {
        var answer = await Client.PostAsync("/api/models/cifar10_resnet9/sensitivity", Form(("method", "min-max"), SamplePicture.Read("ship.jpg")));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("two or more", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prune_ToHalfOfTheMultiplyAdds_OffersASmallerModelThatRuns()
    {
        var answer = await Client.PostAsync("/api/models/cifar10_resnet9/prune?multiplyAdds=0.5", null);

        var job = await EndOfAsync(answer.Headers.Location!);
        Assert.True(job.GetProperty("state").GetString() == "done", job.ToString());
        var report = job.GetProperty("result").GetProperty("report");
        Assert.InRange(report.GetProperty("multiplyAccumulatesRemoved").GetDouble(), 0.5, 0.8);
        var file = await Client.GetAsync($"/api/jobs/{job.GetProperty("id").GetString()}/file");
        Assert.Equal("cifar10_resnet9-0.5-macs-l1.onnx", file.Content.Headers.ContentDisposition!.FileName);
        var bytes = await file.Content.ReadAsByteArrayAsync();
        Assert.Equal(report.GetProperty("sizeAfterBytes").GetInt64(), bytes.Length);
        using var session = new InferenceSession(bytes);
        Assert.Equal([-1, 10], session.OutputMetadata.Single().Value.Dimensions);
    }

    [Theory]
    [InlineData("keep=0", "`keep` must be above 0")]
    [InlineData("keep=half", "`keep` must be a number")]
    [InlineData("multiplyAdds=1.5", "`multiplyAdds` must be above 0")]
    [InlineData("keep=0.5&multiplyAdds=0.5", "`keep` and `multiplyAdds` exclude each other")]
    [InlineData("round=0", "`round` must be 1 or more, not 0")]
    [InlineData("minimum=few", "`minimum` must be a whole number")]
    [InlineData("uniform=perhaps", "`uniform` must be true or false")]
    [InlineData("by=luck", "must be l1 or batchnorm, not `luck`")]
    public async Task Prune_SenselessOption_IsNamed(string query, string expected)
    {
        var answer = await Client.PostAsync($"/api/models/cifar10_resnet9/prune?{query}", null);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(expected, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_OfAJobThatMadeNone_IsUnknown()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync("/api/jobs/none/file")).StatusCode);
    }

    [Fact]
    public async Task Quantize_ToFp16_HalvesTheFile()
    {
        var answer = await Client.PostAsync(Quantize + "?precision=fp16", null);

        var job = await EndOfAsync(answer.Headers.Location!);

        Assert.True(job.GetProperty("state").GetString() == "done", job.ToString());
        var result = job.GetProperty("result");
        Assert.InRange(result.GetProperty("sizeAfterBytes").GetInt64() / (double)result.GetProperty("sizeBeforeBytes").GetInt64(), 0.45, 0.55);
        Assert.Equal(1, result.GetProperty("agreement").GetDouble());
    }

    [Fact]
    public async Task ASecondJob_Cancelled_NeverMakesAVariant()
    {
        await Client.PostAsync(Quantize + "?method=mse", null);
        var second = await ReadAsync(await Client.PostAsync(Quantize + "?method=entropy", null));
        var address = $"/api/jobs/{second.GetProperty("id").GetString()}";

        var cancelled = await ReadAsync(await Client.DeleteAsync(address));

        Assert.Contains(cancelled.GetProperty("state").GetString(), new[] { "cancelled", "running" });
        var ended = await EndOfAsync(new Uri(address, UriKind.Relative));
        Assert.Equal("cancelled", ended.GetProperty("state").GetString());
        Assert.False(ended.TryGetProperty("result", out _));
        Assert.DoesNotContain("int8-entropy", await Client.GetStringAsync("/api/variants"), StringComparison.Ordinal);
        Assert.Contains(second.GetProperty("id").GetString()!, await Client.GetStringAsync("/api/jobs"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Quantize + "?method=guess", 400, "bad-option", "guess")]
    [InlineData(Quantize + "?maxDrop=some", 400, "bad-option", "some")]
    [InlineData(Quantize + "?maxDrop=-1", 400, "bad-option", "maxDrop")]
    [InlineData(Quantize + "?precision=int4", 400, "bad-option", "int4")]
    [InlineData("/api/models/nope/quantize", 404, "not-found", "nope")]
    public async Task Quantize_ThatMakesNoSense_IsRefusedWithTheReason(string path, int status, string type, string named) =>
        await AssertProblemAsync(await Client.PostAsync(path, null), status, type, named);

    [Fact]
    public async Task Quantize_WithAPictureThatIsNone_NamesIt() =>
        await AssertProblemAsync(await Client.PostAsync(Quantize, Form(("method", "min-max"), SamplePicture.Read("cat.jpg"), "I am a text."u8.ToArray())), 415, "image-format-unsupported", "1.jpg");

    [Fact]
    public async Task Quantize_WithTooManyPictures_IsRefused()
    {
        var picture = SamplePicture.Read("cat.jpg");

        await AssertProblemAsync(await Client.PostAsync(Quantize, Form(("method", "min-max"), [.. Enumerable.Repeat(picture, 201)])), 400, "bad-option", "200");
    }

    [Fact]
    public async Task Quantize_BeyondTheSizeLimit_IsRefused() =>
        await AssertProblemAsync(await Client.PostAsync(Quantize, Form(("method", "min-max"), new byte[10_100_000])), 413, "image-too-large", "0.jpg");

    [Fact]
    public async Task Quantize_FromAStrangersPage_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Quantize);
        request.Headers.Add("Origin", "https://elsewhere.example");

        await AssertProblemAsync(await Client.SendAsync(request), 400, "antiforgery", "page");
    }

    [Fact]
    public async Task AModel_Asked_TellsItsCardAndItsGraph()
    {
        var details = await ReadAsync(await Client.GetAsync("/api/models/cifar10_resnet9"));

        Assert.Equal("cifar10_resnet9", details.GetProperty("summary").GetProperty("id").GetString());
        Assert.Equal(13, details.GetProperty("facts").GetProperty("opset").GetInt32());
        Assert.Equal("cifar10_test", details.GetProperty("accuracies")[0].GetProperty("data").GetString());
        await AssertProblemAsync(await Client.GetAsync("/api/models/nope"), 404, "not-found", "nope");
    }

    [Fact]
    public async Task AJob_ThatIsGone_IsNotFound()
    {
        await AssertProblemAsync(await Client.GetAsync("/api/jobs/0123"), 404, "not-found", "0123");
        await AssertProblemAsync(await Client.DeleteAsync("/api/jobs/0123"), 404, "not-found", "0123");
    }

    private async Task<JsonElement> FrontierRowAsync(string variantId)
    {
        var answer = await Client.PostAsync("/api/models/frontier?rounds=1&models=cifar10_resnet9", null);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, body);
        return JsonDocument.Parse(body).RootElement.GetProperty("rows").EnumerateArray().Single(row => row.GetProperty("variantId").GetString() == variantId);
    }

    /// <summary>A variant that has just been made loads in the background.</summary>
    private async Task<JsonElement> ReadyAsync(string variant, byte[] picture)
    {
        for (var attempt = 0; ; attempt++)
        {
            var answer = await Client.PostAsync($"/api/classify/{variant}", WebApp.Form(picture));
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable || attempt == 300)
            {
                return await ReadAsync(answer);
            }
            await Task.Delay(200);
        }
    }

    /// <summary>With four configured calibration pictures and a small limit for sent ones.</summary>
    public sealed class QuantizingApp : WebApp
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["LatencyLab:CalibrationPath"] = SamplePicture.Folder,
            ["LatencyLab:CalibrationPictures"] = "4",
            ["LatencyLab:Web:CalibrationUploadBytes"] = "10000000",
        };
    }
}
