using LatencyLab.Inference.Optimization.Calibration;

namespace LatencyLab.Tests.Optimization;

public class CalibrationMethodTests
{
    [Fact]
    public void Histogram_BatchesInAnyOrder_AreTheSame()
    {
        var values = Normal(20_000).Append(700f).Append(-3f).ToArray();
        var (forwards, backwards) = (new ActivationHistogram(), new ActivationHistogram());

        forwards.Add(values);
        foreach (var batch in values.Reverse().Chunk(777))
        {
            backwards.Add(batch);
        }

        Assert.Equal(forwards.Width, backwards.Width);
        Assert.Equal(forwards.First, backwards.First);
        Assert.Equal(forwards.Counts.ToArray(), backwards.Counts.ToArray());
    }

    [Fact]
    public void Histogram_GrowingRange_LosesNoValueAndKeepsItsResolution()
    {
        var histogram = new ActivationHistogram();
        for (var magnitude = 1e-6f; magnitude < 1e6f; magnitude *= 3)
        {
            histogram.Add([magnitude, -magnitude / 2, 0]);
        }

        Assert.Equal(2 * histogram.Zeros, histogram.Counts.ToArray().Sum());
        Assert.InRange(histogram.Counts.Length, ActivationHistogram.MaxBins / 2, ActivationHistogram.MaxBins);
        Assert.InRange(histogram.Max, histogram.Edge(histogram.Counts.Length - 1), histogram.Edge(histogram.Counts.Length));
    }

    [Theory]
    [InlineData(90)]
    [InlineData(99)]
    [InlineData(99.9)]
    public void Percentile_OfManyValues_CutsAsSortingDoes(double percentile)
    {
        var values = Normal(100_000);
        var range = Range(new PercentileCalibration(percentile), values);

        var sorted = values.Order().ToArray();
        var cut = (int)((100 - percentile) / 200 * values.Length);
        var bin = (sorted[^1] - sorted[0]) / (ActivationHistogram.MaxBins / 2);
        Assert.InRange(range.Min, sorted[cut] - bin, sorted[cut]);
        Assert.InRange(range.Max, sorted[^(cut + 1)], sorted[^(cut + 1)] + bin);
    }

    [Fact]
    public void Percentile_Of100_IsTheRangeSeen() => Assert.Equal(new ActivationRange(-1.3f, 5.9f), Range(new PercentileCalibration(100), [0.1f, -1.3f, 5.9f, 0]));

    [Fact]
    public void Percentile_OfMostlyZeros_DoesNotReachBelowThem() =>
        Assert.Equal(0, Range(new PercentileCalibration(99), [.. new float[1000], .. Enumerable.Range(1, 50).Select(i => (float)i)]).Min);

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public void Mse_RangeItChooses_IsNearlyTheBestThereIs(float outlier)
    {
        float[] values = [.. Normal(20_000), outlier];

        var chosen = Range(new MseCalibration(), values);

        // Independent of the histogram: really quantize every value.
        var best = Enumerable.Range(1, 60).SelectMany(i => Enumerable.Range(1, 60).Select(j => SquaredError(values, values.Min() * i / 60, values.Max() * j / 60))).Min();
        Assert.InRange(SquaredError(values, chosen.Min, chosen.Max), 0, 1.05 * best);
        Assert.True(SquaredError(values, chosen.Min, chosen.Max) < SquaredError(values, values.Min(), values.Max()));
    }

    [Fact]
    public void Mse_ValuesThatPileUpAtTheEnd_KeepsIt() // as a Clip at 6 leaves them
    {
        var values = Normal(20_000).Select(v => Math.Clamp(v * 4, 0, 6)).ToArray();

        Assert.Equal(6, Range(new MseCalibration(), values).Max);
    }

    [Theory]
    [InlineData("entropy")]
    [InlineData("percentile:99.99")]
    public void FewOutliers_AreCutOff(string method)
    {
        var range = Range(CalibrationMethods.Parse(method), [.. Normal(200_000), 100f, -90f]);

        Assert.InRange(range.Max, 2, 20);
        Assert.InRange(range.Min, -20, -2);
    }

    [Fact]
    public void Entropy_ValuesSpreadEvenly_KeepsTheirRange()
    {
        var random = new Random(5);
        var range = Range(new EntropyCalibration(), [.. Enumerable.Range(0, 400_000).Select(_ => (float)random.NextDouble() * 4)]);

        Assert.Equal(0, range.Min);
        Assert.InRange(range.Max, 3.8f, 4);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Range_NeverLeavesTheValuesSeen(string method)
    {
        // Six lies in the midst of a bin; a Clip at 6 would be dropped for this range.
        var range = Range(CalibrationMethods.Parse(method), [.. Normal(5000).Select(v => Math.Clamp(v + 5, 0, 6))]);

        Assert.InRange(range.Min, 0, 6);
        Assert.InRange(range.Max, 0, 6);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Range_OfOddTensors_IsWhatWasSeen(string method)
    {
        Assert.Equal(new ActivationRange(0, 0), Range(CalibrationMethods.Parse(method), [0, 0, 0]));
        Assert.True(float.IsNaN(Range(CalibrationMethods.Parse(method), [1, float.NaN, 2]).Max));
        Assert.Equal(float.PositiveInfinity, Range(CalibrationMethods.Parse(method), [1, float.PositiveInfinity]).Max);
        Assert.InRange(Range(CalibrationMethods.Parse(method), [1e-40f]).Max, 1e-43f, 1e-40f);
        Assert.Equal(-2f, Range(CalibrationMethods.Parse(method), [-2f]).Min);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Parse_ANameInReports_GivesTheMethodAgain(string method)
    {
        var parsed = CalibrationMethods.Parse(method);

        Assert.Equal(parsed.Name, CalibrationMethods.Parse(parsed.Name).Name);
        Assert.StartsWith(method, parsed.Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("best")]
    [InlineData("")]
    [InlineData("mse:3")]
    [InlineData("percentile:")]
    [InlineData("percentile:101")]
    [InlineData("percentile:9,9")]
    public void Parse_AnotherName_SaysWhatThereIs(string name) =>
        Assert.Contains("percentile", Assert.Throws<FormatException>(() => CalibrationMethods.Parse(name)).Message, StringComparison.Ordinal);

    public static TheoryData<string> Methods => [.. CalibrationMethods.Names];

    private static ActivationRange Range(ICalibrationMethod method, float[] values)
    {
        var estimator = method.CreateEstimator();
        foreach (var batch in values.Chunk(999))
        {
            estimator.Observe(batch);
        }

        return estimator.Estimate();
    }

    private static double SquaredError(float[] values, double low, double high)
    {
        var step = (high - low) / 255;
        return values.Sum(value => Math.Pow((Math.Round(Math.Clamp(value, low, high) / step) * step) - value, 2));
    }

    private static float[] Normal(int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }
}
