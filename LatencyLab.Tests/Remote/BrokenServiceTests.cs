using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Remote;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LatencyLab.Tests.Remote;

public class BrokenServiceTests
{
    public static TheoryData<string, string> Answers => new()
    {
        { "wrong-shape", "FP32[1,1000] instead of FP32[1,10]" },
        { "wrong-type", "INT8[1,10] instead of FP32[1,10]" },
        { "too-few-bytes", "not 10 numbers" },
        { "too-few-numbers", "has not 10 numbers" },
        { "no-such-output", "no output `logits`" },
        { "no-json", "not the protocol's JSON" },
        { "wrong-header", "of which 9999 should be JSON" },
        { "broken-off", "broke off its answer" },
        { "error-400", "answered 400: the tensor is odd. " },
        { "error-404", "answered 404. Deploy the model there" },
        { "error-500", "answered 500. Look into the service's log." },
        { "error-503", "answered 503: still loading. It is busy" },
        { "redirect", "answered 302" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Run_BrokenAnswer_NamesTheAddressTheProblemAndNothingInternal(string kind, string problem)
    {
        await using var service = await FakeService.StartAsync(context => AnswerAsync(context, kind));
        using var inference = service.Create();
        var clock = new StageClock();
        clock.Start();

        var error = Assert.Throws<RemoteInferenceException>(() => inference.Run(clock));

        Assert.StartsWith($"{service.Address}/v2/models/cifar10_resnet9/infer ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("at Secret.Place", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_ServiceThatStarts_IsWaitedFor()
    {
        await using var service = await FakeService.StartAsync();
        service.Health.Clear();
        foreach (var status in new[] { 503, 500, 200 })
        {
            service.Health.Enqueue(status);
        }

        await service.ConnectAsync();

        Assert.Equal(200, Assert.Single(service.Health));
    }

    [Fact]
    public async Task Connect_UnknownVersion_FailsAtOnce()
    {
        await using var service = await FakeService.StartAsync();

        var error = await Assert.ThrowsAsync<RemoteInferenceException>(() => service.ConnectAsync(service.Variant with { RemoteVersion = "7" }));

        Assert.Contains("/v2/models/cifar10_resnet9/versions/7/ready answered 404. Deploy the model there", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"shape\":[-1,3,32,32]", "\"shape\":[-1,3,224,224]", "inputs `input` of FP32[-1,3,224,224], where the model card has FP32[1,3,32,32]")]
    [InlineData("\"name\":\"logits\"", "\"name\":\"probabilities\"", "no outputs `logits`")]
    [InlineData("\"datatype\":\"FP32\"", "\"datatype\":\"UINT8\"", "UINT8")]
    [InlineData("{", "", "not the protocol's JSON")]
    public async Task Connect_OtherModelBehindTheName_IsRefused(string correct, string wrong, string problem)
    {
        await using var service = await FakeService.StartAsync();
        service.Metadata = service.Metadata.Replace(correct, wrong, StringComparison.Ordinal);

        var error = await Assert.ThrowsAsync<RemoteInferenceException>(() => service.ConnectAsync());

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains(service.Address, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_NobodyListens_SaysSoOnceThePatienceEnds()
    {
        var gone = await FakeService.StartAsync();
        var variant = gone.Variant;
        await gone.DisposeAsync();
        using var factory = new RemoteInferenceFactory(new RemoteOptions { ReadyPatienceSeconds = 0 });

        var error = await Assert.ThrowsAsync<RemoteInferenceException>(() => factory.ConnectAsync(FakeService.Model, variant, CancellationToken.None));

        Assert.StartsWith($"{variant.Remote}/v2/health/ready cannot be reached: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Start the service, or correct the variant's `Remote`.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://user:hunter2@triton:8000")]
    [InlineData("http://triton:8000?key=hunter2")]
    [InlineData("ftp://triton")]
    public void Options_AddressWithASecretOrWithoutHttp_AreRefusedWithoutRepeatingIt(string address)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LatencyLab:Variants:0:Id"] = "far",
            ["LatencyLab:Variants:0:Title"] = "Far",
            ["LatencyLab:Variants:0:Remote"] = address,
        }).Build();
        using var services = new ServiceCollection().AddLatencyLabInference(configuration).BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<LatencyLabOptions>>().Value);

        Assert.Contains("`far`", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    private static async Task AnswerAsync(HttpContext context, string kind)
    {
        var response = context.Response;
        switch (kind)
        {
            case "wrong-shape": await FakeService.AnswerAsync(context, new float[1000], shape: "[1,1000]"); break;
            case "wrong-type": await FakeService.AnswerAsync(context, new float[10], datatype: "INT8"); break;
            case "too-few-bytes": await FakeService.AnswerAsync(context, new float[9]); break;
            case "too-few-numbers": await response.WriteAsync("""{"outputs":[{"name":"logits","datatype":"FP32","shape":[1,10],"data":[1,2,3]}]}"""); break;
            case "no-such-output": await response.WriteAsync("""{"outputs":[]}"""); break;
            case "no-json": await response.WriteAsync("<html>welcome</html>"); break;
            case "wrong-header":
                response.Headers["Inference-Header-Content-Length"] = "9999";
                await response.WriteAsync("{}");
                break;
            case "broken-off":
                response.ContentLength = 5000;
                await response.WriteAsync("{");
                await response.Body.FlushAsync();
                context.Abort();
                break;
            case "redirect": response.Redirect("http://127.0.0.1:9/"); break;
            default:
                response.StatusCode = int.Parse(kind.AsSpan("error-".Length), System.Globalization.CultureInfo.InvariantCulture);
                await response.WriteAsync(response.StatusCode switch
                {
                    400 => """{"error":"the tensor is odd.\n   at Secret.Place(String)"}""",
                    500 => "System.Exception: at Secret.Place(String)",
                    503 => """{"error":"still loading"}""",
                    _ => "",
                });
                break;
        }
    }
}
