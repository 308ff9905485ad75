using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Sessions;
using LatencyLab.Web.Comparisons;
using LatencyLab.Web.Components.Pages;
using Microsoft.Extensions.Logging.Abstractions;

namespace LatencyLab.Tests.Components;

public class ComparisonRunTests
{
    private static readonly CompareOptions Options = new() { ImageId = "cat.jpg" };
    private readonly FakeComparisonService _service = new();
    private readonly ManualTime _time = new();
    private int _changes;

    private ComparisonRun Run() => new(_service, _time, NullLogger.Instance, () => _changes++);

    [Fact]
    public async Task RunAsync_WhileReporting_ShowsProgress()
    {
        var finish = new TaskCompletionSource<ComparisonResult>();
        IProgress<ComparisonProgress>? reporter = null;
        _service.OnCompare = (_, progress, _) =>
        {
            reporter = progress;
            return finish.Task;
        };
        using var run = Run();

        var running = run.RunAsync(Options);
        Assert.True(run.IsRunning);
        reporter!.Report(new ComparisonProgress(7, 35, []));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(7, run.Progress!.RoundsDone);
        Assert.Equal(1, _changes);
        finish.SetResult(Example.Result("r1"));

        Assert.Equal("r1", (await running)!.Id);
        Assert.False(run.IsRunning);
    }

    [Fact]
    public async Task Cancel_WhileRunning_EndsWithoutProblem()
    {
        _service.OnCompare = async (_, _, cancellation) =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return Example.Result();
        };
        using var run = Run();

        var running = run.RunAsync(Options);
        run.Cancel();

        Assert.Null(await running);
        Assert.Null(run.Problem);
        Assert.True(run.IsCancelled);
    }

    public static TheoryData<Exception, string> Refusals => new()
    {
        { new ImageRejectedException(ImageRejection.Corrupt, "It ends too early."), "It ends too early." },
        { new GateFullException(TimeSpan.FromSeconds(3)), "The classifier's queue is full; try again in 3 s." },
        { new KeyNotFoundException("The picture has expired; send it again."), "The picture has expired; send it again." },
        { new InvalidOperationException("secret internals"), "The reason is in the server's log. Run it again, or choose another picture." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task RunAsync_Refused_SaysWhy(Exception refusal, string detail)
    {
        _service.OnCompare = (_, _, _) => Task.FromException<ComparisonResult>(refusal);
        using var run = Run();

        Assert.Null(await run.RunAsync(Options));

        Assert.Equal(detail, run.Problem!.Detail);
    }
}
