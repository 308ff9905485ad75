using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Remote;
using LatencyLab.Inference.Sessions;
using Microsoft.AspNetCore.Http;

namespace LatencyLab.Tests.Remote;

public class RemoteInferenceTests
{
    private static readonly float[] Logits = [.. Enumerable.Range(0, 10).Select(index => (index - 4) * 1.25f)];

    [Fact]
    public async Task Run_BinaryAnswer_SendsTheTensorAndReturnsTheLogits()
    {
        await using var service = await FakeService.StartAsync(context => FakeService.AnswerAsync(context, Logits));
        using var inference = service.Create();
        for (var i = 0; i < inference.Input.Length; i++)
        {
            inference.Input[i] = i / 7f;
        }

        Run(inference);

        Assert.Equal(Logits, inference.Output.ToArray());
        var (json, tensor) = Assert.Single(service.Requests);
        Assert.Equal(inference.Input.ToArray(), tensor);
        Assert.Equal("input", (string?)json["inputs"]![0]!["name"]);
        Assert.Equal("FP32", (string?)json["inputs"]![0]!["datatype"]);
        Assert.Equal("[1,3,32,32]", json["inputs"]![0]!["shape"]!.ToJsonString());
        Assert.Equal(3 * 32 * 32 * 4, (int?)json["inputs"]![0]!["parameters"]!["binary_data_size"]);
        Assert.True((bool?)json["outputs"]![0]!["parameters"]!["binary_data"]);
    }

    [Fact]
    public async Task Run_Again_SendsWhatTheInputHoldsThen()
    {
        await using var service = await FakeService.StartAsync();
        using var inference = service.Create();

        Run(inference);
        inference.Input.Fill(3);
        Run(inference);

        Assert.All(service.Requests[0].Tensor, number => Assert.Equal(0, number));
        Assert.All(service.Requests[1].Tensor, number => Assert.Equal(3, number));
    }

    [Theory]
    [InlineData("[[-5,-3.75,-2.5,-1.25,0,1.25,2.5,3.75,5,6.25]]")]
    [InlineData("[-5,-3.75,-2.5,-1.25,0,1.25,2.5,3.75,5,6.25]")]
    public async Task Run_JsonAnswer_ReadsNestedAndFlatNumbers(string data)
    {
        await using var service = await FakeService.StartAsync(context => context.Response.WriteAsync(
            $$"""{"outputs":[{"name":"other","datatype":"FP32","shape":[1],"data":[1]},{"name":"logits","datatype":"FP32","shape":[1,10],"data":{{data}}}]}"""));
        using var inference = service.Create();

        Run(inference);

        Assert.Equal(Logits, inference.Output.ToArray());
    }

    [Fact]
    public async Task Run_ServerSaysItsTime_SplitsTheRoundTrip()
    {
        await using var service = await FakeService.StartAsync(async context =>
        {
            await Task.Delay(20);
            await FakeService.AnswerAsync(context, Logits, "\"parameters\":{\"inference_ms\":7.5},");
        });
        using var inference = service.Create();

        var times = Run(inference);

        Assert.Equal(7.5, times[Stage.Inference], 3);
        Assert.InRange(times[Stage.Network], 1, double.MaxValue);
    }

    [Fact]
    public async Task Run_ServerDoesNotSay_CountsTheWholeRoundTripAsNetwork()
    {
        await using var service = await FakeService.StartAsync(context => FakeService.AnswerAsync(context, Logits));
        using var inference = service.Create();

        var times = Run(inference);

        Assert.Equal(0, times[Stage.Inference]);
        Assert.True(times[Stage.Network] > 0);
    }

    [Fact]
    public async Task Run_Cancelled_StopsAndTheNextRunAnswers()
    {
        var calls = 0;
        await using var service = await FakeService.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }
            await FakeService.AnswerAsync(context, Logits);
        });
        using var inference = service.Create();
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        Assert.ThrowsAny<OperationCanceledException>(() => inference.Run(Started(), cancellation.Token));
        Run(inference);

        Assert.Equal(Logits, inference.Output.ToArray());
    }

    [Fact]
    public async Task Run_SlowService_SaysHowLongItWaited()
    {
        await using var service = await FakeService.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted), timeoutSeconds: 0.3);
        using var inference = service.Create();

        var error = Assert.Throws<RemoteInferenceException>(() => Run(inference));

        Assert.Contains("did not answer within 0.3 s", error.Message, StringComparison.Ordinal);
        Assert.Contains(service.Address, error.Message, StringComparison.Ordinal);
    }

    private static StageTimes Run(IInference inference)
    {
        var clock = Started();
        inference.Run(clock);
        clock.Stop();
        return StageTimes.From(clock);
    }

    private static StageClock Started()
    {
        var clock = new StageClock();
        clock.Start();
        return clock;
    }
}
