using LatencyLab.Inference.Sweeps;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Sweeps;

public class SweepPlanTests(LoadedZoo zoo) : IClassFixture<LoadedZoo>
{
    [Fact]
    public async Task Plan_OfAModelWithFreeShape_SweepsSizesAndBatches()
    {
        var plan = await PlanAsync(new BuiltModel(freeSize: true));

        Assert.Equal(
            [(8, 1), (8, 2), (16, 1), (16, 2), (32, 1), (32, 2)], plan.Cells.Select(cell => (cell.InputPx, cell.Batch)));
        Assert.Empty(plan.Notes);
    }

    [Fact]
    public async Task Plan_OfAModelWithAFixedSize_SweepsBatchesAndSaysSo()
    {
        var plan = await PlanAsync(new BuiltModel());

        Assert.Equal([(16, 1), (16, 2)], plan.Cells.Select(cell => (cell.InputPx, cell.Batch)));
        Assert.Contains("fixes the input at 16 × 16 pixels, so only the batch size is swept", Assert.Single(plan.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_OfAModelWithAFixedBatch_SaysThatItIsNotSwept()
    {
        var plan = await PlanAsync(new BuiltModel(batch: 1));

        Assert.Equal([(16, 1)], plan.Cells.Select(cell => (cell.InputPx, cell.Batch)));
        Assert.Contains(plan.Notes, note => note.Contains("fixes the batch at 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Visits_AreInDrawnOrder_TheSameForTheSameSeed()
    {
        var (first, second) = (await PlanAsync(new BuiltModel(freeSize: true)), await PlanAsync(new BuiltModel(freeSize: true)));

        Assert.Equal(first.Visits, second.Visits);
        Assert.NotEqual(first.Visits, first.Visits.OrderBy(visit => visit.Cell.InputPx).ThenBy(visit => visit.Cell.Batch).ThenBy(visit => visit.Repetition));
        Assert.Equal(6 * 3, first.Visits.Distinct().Count());
    }

    private async Task<SweepPlan> PlanAsync(BuiltModel built)
    {
        using (built)
        {
            using var variant = await built.LoadAsync(zoo);
            return new SweepPlan(new() { ModelId = "built", VariantIds = ["plain"], Batches = [2, 1], SizesPx = [8, 16, 32] }, [variant]);
        }
    }
}
