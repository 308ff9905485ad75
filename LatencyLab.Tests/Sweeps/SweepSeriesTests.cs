using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Sweeps;

namespace LatencyLab.Tests.Sweeps;

public class SweepSeriesTests
{
    [Fact]
    public void TwoSweeps_AreHeldAgainstEachOtherCellByCell()
    {
        var (first, second) = (SweepExample.Result(), SweepExample.Result());
        second = second with { Cells = [.. second.Cells.Select(cell => cell is { VariantId: "int8", Batch: 4 } ? SweepExample.Cell("int8", 32, 4, 0.3) : cell)] };

        var differences = SeriesComparer.Compare(SweepSeries.Of(first), SweepSeries.Of(second));

        Assert.Equal(6, differences.Count);
        var faster = Assert.Single(differences, difference => difference.Evidence == Evidence.Faster);
        Assert.Equal(("int8", "inference, 32 px, batch 4"), (faster.VariantId, faster.Measure));
    }

    [Fact]
    public void ACell_WhoseVisitsLieFarApart_IsNoEvidence()
    {
        var (first, second) = (SweepExample.Result(), SweepExample.Result());
        // Within each session the runs agree, and the two sweeps' differ; but a session of the first was as fast as the second sweep.
        first = first with { Cells = [.. first.Cells.Select(cell => cell with { VisitsP50Ms = [cell.P50Ms!.Value, 0.5 * cell.P50Ms.Value] })] };
        second = second with { Cells = [.. second.Cells.Select(cell => cell with { P50Ms = 0.7 * cell.P50Ms, Ci95Ms = [0.69 * cell.P50Ms!.Value, 0.71 * cell.P50Ms.Value], VisitsP50Ms = [] })] };

        var differences = SeriesComparer.Compare(SweepSeries.Of(first), SweepSeries.Of(second));

        Assert.All(differences, difference => Assert.Equal(Evidence.None, difference.Evidence));
    }
}
