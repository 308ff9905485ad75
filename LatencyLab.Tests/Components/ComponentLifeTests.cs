using LatencyLab.Web.Components;

namespace LatencyLab.Tests.Components;

public class ComponentLifeTests
{
    private readonly ComponentLife _life = new();

    [Fact]
    public async Task AComponent_ThatIsGone_MayStillAskForItsToken()
    {
        _life.Dispose();
        _life.Dispose();

        Assert.True(_life.IsOver);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(Timeout.Infinite, _life.Token));
        await _life.EveryAsync(TimeSpan.FromMilliseconds(1), TimeProvider.System, () => throw new InvalidOperationException("It was done once more."));
    }

    [Fact]
    public async Task WhatIsRepeated_EndsWithTheComponentAndDoesNotFail()
    {
        var done = 0;

        await _life.EveryAsync(TimeSpan.FromMilliseconds(1), TimeProvider.System, () =>
        {
            if (++done == 3)
            {
                _life.Dispose();
                throw new OperationCanceledException("What it awaited was cancelled.");
            }
            return Task.CompletedTask;
        });

        Assert.Equal(3, done);
    }

    [Fact]
    public async Task WhatIsRepeated_IsNeededNoLonger_Ends()
    {
        var done = 0;

        await _life.EveryAsync(TimeSpan.FromMilliseconds(1), TimeProvider.System, () => Task.FromResult(++done), () => done < 2);

        Assert.Equal(2, done);
    }

    [Fact]
    public Task WhatIsRepeated_ThatFails_SaysSo() => Assert.ThrowsAsync<InvalidOperationException>(() =>
        _life.EveryAsync(TimeSpan.FromMilliseconds(1), TimeProvider.System, () => throw new InvalidOperationException("broken")));
}
