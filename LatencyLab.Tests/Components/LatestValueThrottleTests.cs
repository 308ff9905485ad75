using LatencyLab.Web.Components;

namespace LatencyLab.Tests.Components;

public class LatestValueThrottleTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly ManualTime _time = new();
    private readonly List<string> _delivered = [];

    private LatestValueThrottle<string> Throttle() => new(Interval, _time, _delivered.Add);

    [Fact]
    public void Report_ManyWithinInterval_DeliversFirstAndLatest()
    {
        using var throttle = Throttle();

        throttle.Report("1");
        _time.Advance(TimeSpan.Zero);
        throttle.Report("2");
        throttle.Report("3");
        _time.Advance(Interval / 2);
        Assert.Equal(["1"], _delivered);
        _time.Advance(Interval / 2);

        Assert.Equal(["1", "3"], _delivered);
    }

    [Fact]
    public void Report_AfterInterval_DeliversAtOnce()
    {
        using var throttle = Throttle();

        throttle.Report("1");
        _time.Advance(TimeSpan.Zero);
        _time.Advance(Interval);
        throttle.Report("2");
        _time.Advance(TimeSpan.Zero);

        Assert.Equal(["1", "2"], _delivered);
    }

    [Fact]
    public void Dispose_WithPendingValue_DropsIt()
    {
        var throttle = Throttle();

        throttle.Report("1");
        throttle.Dispose();
        throttle.Report("2");
        _time.Advance(Interval);

        Assert.Empty(_delivered);
    }
}
