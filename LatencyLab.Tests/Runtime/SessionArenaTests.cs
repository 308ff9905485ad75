using Google.Protobuf;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Optimization;
using LatencyLab.Tests.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Tests.Runtime;

public sealed class SessionArenaTests(LoadedZoo zoo) : IClassFixture<LoadedZoo>
{
    private const int Side = 256;

    [Theory]
    [InlineData(4)]
    [InlineData(64)]
    public void Peak_OfAModelWithOneTensorInside_IsThatTensorsSize(int pictures)
    {
        var builder = new ModelBuilder([1, Side, Side]);
        var output = builder.Node("Relu", [builder.Node("Neg", ["input"])]);
        using var options = new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL };
        using var session = new InferenceSession(builder.Build(output).ToByteArray(), options);

        Run(session, output, pictures);

        // The arena may hand out a piece of up to twice the size rather than leave a rest.
        var bytes = (long)pictures * Side * Side * sizeof(float);
        Assert.InRange(SessionArena.PeakBytes(session)!.Value, bytes, (2 * bytes) - 1);
    }

    [Fact]
    public void Peak_OfTheEmbeddedModel_GrowsByItsWidestLayerWithEachPicture()
    {
        var variant = zoo.Variant("control");

        var growth = PeakOf(variant, batch: 64) - PeakOf(variant, batch: 8);

        // What goes into and what comes out of the layer's activation, 64 channels of 32 by 32, is in use at once.
        var layer = 2L * 64 * 32 * 32 * sizeof(float);
        Assert.InRange(growth, 56 * layer, 2 * 56 * layer);
    }

    [Fact]
    public void Peak_OfASessionWithoutArena_IsNotKnown()
    {
        var builder = new ModelBuilder([1, Side, Side]);
        var output = builder.Node("Relu", [builder.Node("Neg", ["input"])]);
        using var options = new SessionOptions { EnableCpuMemArena = false };
        using var session = new InferenceSession(builder.Build(output).ToByteArray(), options);

        Run(session, output, 4);

        Assert.Null(SessionArena.PeakBytes(session));
    }

    private static long PeakOf(Variant variant, int batch)
    {
        using var session = SessionFactory.Create(variant.File!, variant.Options, 1).Session;
        using var bound = new BoundSession(session, variant.Model, batch: batch);
        // From the second run on it plans one block for all tensors of such a batch.
        bound.Run();
        bound.Run();
        return SessionArena.PeakBytes(session)!.Value;
    }

    private static void Run(InferenceSession session, string output, int pictures)
    {
        var (input, answer) = (new float[pictures * Side * Side], new float[pictures * Side * Side]);
        using var run = new RunOptions();
        using var x = OrtValue.CreateTensorValueFromMemory(input, [pictures, 1, Side, Side]);
        using var y = OrtValue.CreateTensorValueFromMemory(answer, [pictures, 1, Side, Side]);
        session.Run(run, ["input"], [x], [output], [y]);
    }
}
