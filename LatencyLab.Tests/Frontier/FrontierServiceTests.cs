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
    private static readonly FrontierRequest Request = new() { BaseModelId = "cifar10_resnet9", ModelIds = [], Rounds = 1 };

    [Fact]
    public async Task ASecondMeasurement_AtTheSameTime_IsRefusedAndTheNextOneIsNot()
    {
        var gate = new ClassifierGate(1, 8);
        var service = new FrontierService(
            new FrontierMeasurement(new ModelCatalogue([EmbeddedZoo.Folder]), new LoadedZoo.NoPreparer(), gate, TimeProvider.System), new NoHistory());
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
}
