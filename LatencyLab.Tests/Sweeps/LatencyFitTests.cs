using LatencyLab.Inference.Sweeps;

namespace LatencyLab.Tests.Sweeps;

public class LatencyFitTests
{
    [Fact]
    public void Fit_OfALine_FindsFixedTimeAndTimeAPicture()
    {
        var fit = LatencyFit.Of(new[] { 1, 2, 4, 8, 16 }.Select(batch => Cell(batch, 1.5 + (0.25 * batch))))!;

        Assert.Equal(1.5, fit.FixedMs, 9);
        Assert.Equal(0.25, fit.PerPictureMs, 9);
        Assert.Equal(1, fit.R2, 9);
        Assert.All(fit.Residuals, residual => Assert.Equal(0, residual.ResidualMs, 9));
    }

    [Fact]
    public void Fit_OfACurve_ShowsWhereTheLineIsOff()
    {
        var fit = LatencyFit.Of(new[] { 1, 2, 3 }.Select(batch => Cell(batch, batch * batch)))!;

        // By hand: slope 4, mean 14/3 at batch 2, so the line is 2/3, 14/3, 26/3.
        Assert.Equal([1.0 / 3, -2.0 / 3, 1.0 / 3], fit.Residuals.Select(residual => Math.Round(residual.ResidualMs, 9)), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(1 - ((6.0 / 9) / (98.0 / 3)), fit.R2, 9);
    }

    [Fact]
    public void Fit_WithFewerThanThreeBatchSizes_IsNoFit()
    {
        SweepCell failed = Cell(4, 1) with { P50Ms = null, Failure = "out of memory" };

        Assert.Null(LatencyFit.Of([Cell(1, 1), Cell(2, 2), failed]));
    }

    private static SweepCell Cell(int batch, double p50Ms) =>
        new() { VariantId = "int8", ModelId = "m", InputPx = 32, Batch = batch, Samples = 10, P50Ms = p50Ms };
}
