using LatencyLab.Inference.Frontier;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.History;
using LatencyLab.Tests.Models;
using LatencyLab.Tests.Sessions;
using LatencyLab.Web.Frontier;

namespace LatencyLab.Tests.Frontier;

public class FrontierServiceTests
{
    private const string Smaller = "cifar10_resnet9_small";
    private static readonly FrontierRequest WithSmaller = new() { BaseModelId = "cifar10_resnet9", ModelIds = [Smaller], Rounds = 1 };
    private static readonly FrontierRequest Request = new() { BaseModelId = "cifar10_resnet9", ModelIds = [], Rounds = 1 };

    [Fact]
    public async Task ASecondMeasurement_AtTheSameTime_IsRefusedAndTheNextOneIsNot()
    {
        var gate = new ClassifierGate(1, 8);
        var service = ServiceOver(new ModelCatalogue([EmbeddedZoo.Folder]), gate);
        using var cancel = new CancellationTokenSource();
        Task<FrontierResult> first;
        using (await gate.EnterAsync(CancellationToken.None))
        {
            first = service.MeasureAsync(Request, progress: null, cancel.Token);
            await Assert.ThrowsAsync<GateFullException>(() => service.MeasureAsync(Request, progress: null, CancellationToken.None));
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        }
        Assert.Null(service.Latest);

        var result = await service.MeasureAsync(Request, progress: null, CancellationToken.None);

        Assert.Same(result, service.Latest);
    }

    [Fact]
    public async Task AModel_ThatIsForgotten_LeavesTheFrontierToTheOthers()
    {
        var service = ServiceOver(new ModelCatalogue([EmbeddedZoo.Folder]), new ClassifierGate(1, 8));
        var result = await service.MeasureAsync(WithSmaller, progress: null, CancellationToken.None);
        Assert.Contains(result.Rows, row => row.ModelId == Smaller);

        service.Forget(Smaller);

        Assert.All(service.Latest!.Rows, row => Assert.Equal("cifar10_resnet9", row.ModelId));
        Assert.Contains(service.Latest.Rows, row => row.OnFrontier);
        service.Forget("cifar10_resnet9");
        Assert.Null(service.Latest);
    }

    [Fact]
    public async Task AModel_ThatIsRemovedWhileItIsMeasured_IsNotKept()
    {
        var gate = new ClassifierGate(1, 8);
        var catalogue = new ModelCatalogue([EmbeddedZoo.Folder]);
        var service = ServiceOver(catalogue, gate);
        Task<FrontierResult> measuring;
        using (await gate.EnterAsync(CancellationToken.None))
        {
            measuring = service.MeasureAsync(WithSmaller, progress: null, CancellationToken.None);
            while (gate.Waiting == 0 && !measuring.IsCompleted)
            {
                await Task.Delay(20);
            }
            Assert.True(catalogue.Remove(catalogue[Smaller]));
        }

        Assert.Contains((await measuring).Rows, row => row.ModelId == Smaller);
        Assert.DoesNotContain(service.Latest!.Rows, row => row.ModelId == Smaller);
    }

    private static FrontierService ServiceOver(ModelCatalogue catalogue, ClassifierGate gate) =>
        new(new FrontierMeasurement(catalogue, new LoadedZoo.NoPreparer(), gate, TimeProvider.System), catalogue, new NoHistory());
}
