using LatencyLab.Inference.Measurement.Load.Arrivals;

namespace LatencyLab.Tests.Measurement.Load;

public sealed class ArrivalScheduleTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Poisson_Arrivals_HaveExponentialGapsAndIndependentCounts()
    {
        var arrivals = Seconds(new PoissonArrivals(50, seed: 3), 20_000);
        var gaps = arrivals.Zip(arrivals.Prepend(0), (now, before) => now - before).ToArray();
        var mean = gaps.Average();
        var deviation = Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean)));

        Assert.Equal(1 / 50.0, mean, 0.02 / 50);
        Assert.Equal(1, deviation / mean, 0.03);
        // Of exponential gaps, 1/e are longer than the mean.
        Assert.Equal(Math.Exp(-1), gaps.Count(gap => gap > 1 / 50.0) / (double)gaps.Length, 0.01);
        // Counts a second vary as much as they are large.
        var counts = arrivals.Where(at => at < 390).CountBy(at => (int)at).Select(second => (double)second.Value).ToArray();
        Assert.Equal(1, counts.Average(count => (count - 50) * (count - 50)) / 50, 0.25);
    }

    [Fact]
    public void Poisson_WithASeed_IsTheSameAgain() =>
        Assert.Equal(Seconds(new PoissonArrivals(5, 9), 100), Seconds(new PoissonArrivals(5, 9), 100));

    [Fact]
    public void Constant_Arrivals_AreEquallyFarApartAfterAMillion()
    {
        var late = new ConstantArrivals(300).Arrivals().Skip(1_000_000).First();

        Assert.Equal(1_000_000 / 300.0, late.TotalSeconds, 1e-6);
    }

    [Theory]
    [InlineData(0, 60, 10)]
    [InlineData(10, 50, 10)]
    [InlineData(80, 20, 5)]
    [InlineData(30, 30, 4)]
    public void Ramp_Arrivals_FollowTheAreaUnderIt(double from, double to, int seconds)
    {
        var arrivals = Seconds(new RampArrivals(from, to, TimeSpan.FromSeconds(seconds)), int.MaxValue);

        Assert.Equal((from + to) / 2 * seconds, arrivals.Length);
        for (var second = 1; second <= seconds; second++)
        {
            var area = (from * second) + ((to - from) * second * second / (2.0 * seconds));
            Assert.InRange(arrivals.Count(at => at < second), area - 1, area + 1);
        }
        Assert.Equal(arrivals.Order(), arrivals);
    }

    [Fact]
    public void Recorded_Arrivals_AreThoseOfTheFile()
    {
        File.WriteAllText(_file, "# from a log\n0.5\n0.5\n\n2.25\n");

        var schedule = RecordedArrivals.Read(_file);

        Assert.Equal([0.5, 0.5, 2.25], Seconds(schedule, 10));
        Assert.Equal(2 / 1.75, schedule.RatePerSecond, 9);
    }

    [Theory]
    [InlineData("1763712000.5\n1763712001.75\n1763712060.5\n", 0, 1.25, 60)]
    [InlineData("86399\n86400\n86401\n", 86399, 86400, 86401)]
    public void Recorded_TimesOfTheClock_CountFromTheFirst(string text, double first, double second, double third)
    {
        File.WriteAllText(_file, text);

        Assert.Equal([first, second, third], Seconds(RecordedArrivals.Read(_file), 10).Select(at => Math.Round(at, 6)));
    }

    [Theory]
    [InlineData(6, 10, 55)]
    [InlineData(0.1, 4, 0.4)]
    public void Recorded_Duration_IsUntilAfterTheLast(double gap, int count, double expected)
    {
        var arrivals = Enumerable.Range(0, count).Select(arrival => TimeSpan.FromSeconds(gap * arrival));

        Assert.Equal(expected, new RecordedArrivals(arrivals).Duration.TotalSeconds, 6);
    }

    [Theory]
    [InlineData("1\nsoon\n", "line 2")]
    [InlineData("1,5\n2\n", "line 1")]
    [InlineData("1763712000250\n1763712000500\n", "since 1970")]
    [InlineData("1763712001\n1763712000\n", "Arrival 2")]
    [InlineData("1\nNaN\n", "line 2")]
    [InlineData("-1\n1\n", "line 1")]
    [InlineData("2\n1\n3\n", "Arrival 2")]
    [InlineData("1\n", "two arrivals")]
    public void Recorded_FileThatIsNoSchedule_IsRefusedWithTheReason(string text, string named)
    {
        File.WriteAllText(_file, text);

        Assert.Contains(named, Assert.Throws<IOException>(() => RecordedArrivals.Read(_file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void AnySchedule_WithARateThatIsNone_IsRefused(double rate)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PoissonArrivals(rate));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantArrivals(rate));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RampArrivals(1, rate, TimeSpan.FromSeconds(1)));
    }

    private static double[] Seconds(IArrivalSchedule schedule, int count) => [.. schedule.Arrivals().Take(count).Select(at => at.TotalSeconds)];
}
