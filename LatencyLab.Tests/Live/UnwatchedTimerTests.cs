using LatencyLab.Tests.Components;
using LatencyLab.Web.Live;

namespace LatencyLab.Tests.Live;

public sealed class UnwatchedTimerTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly LiveFeed _feed = new();
    private readonly UnwatchedTimer _timer;
    private int _expired;

    public UnwatchedTimerTests() => _timer = new UnwatchedTimer(_feed, _time, TimeSpan.FromMinutes(5), () => _expired++);

    [Fact]
    public void ARun_ThatNobodyWatches_Expires()
    {
        _timer.Begin();

        _time.Advance(TimeSpan.FromMinutes(4.9));
        Assert.Equal(0, _expired);
        _time.Advance(TimeSpan.FromMinutes(0.2));
        Assert.Equal(1, _expired);
    }

    [Fact]
    public void ARun_WhoseLastWatcherLeaves_ExpiresAfterThat()
    {
        using (_feed.Subscribe())
        {
            _timer.Begin();
            _time.Advance(TimeSpan.FromHours(1));
            Assert.Equal(0, _expired);
        }

        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(1, _expired);
    }

    [Fact]
    public void ARun_ThatIsOver_DoesNotExpire()
    {
        _timer.Begin();
        _timer.End();

        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, _expired);
    }

    public void Dispose() => _timer.Dispose();
}
