using System.Globalization;
using System.Numerics.Tensors;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Models;

namespace LatencyLab.Tests.Sessions;

public class VariantTests(LoadedZoo zoo) : IClassFixture<LoadedZoo>
{
    private const int ManagedBytesPerRequest = 4096;

    [Theory]
    [InlineData("control", "disabled")]
    [InlineData("engine", "all")]
    [InlineData("int8", "all")]
    public void Variant_Loaded_SaysWhatItRunsOn(string id, string graphOptimization)
    {
        var status = zoo.Entries.Single(entry => entry.Options.Id == id).Status;

        Assert.Equal(VariantState.Ready, status.State);
        Assert.Equal("CPU", status.Provider);
        Assert.Equal(graphOptimization, status.GraphOptimization);
        Assert.InRange(status.Threads, 1, Environment.ProcessorCount);
        Assert.True(status.ColdMs > 0);
        Assert.True(status.ModelSizeBytes > 100_000);
    }

    [Fact]
    public void Engine_WithoutAGpu_SaysWhichProvidersAreNotActiveAndWhy()
    {
        var notes = zoo.Entries.Single(entry => entry.Options.Id == "engine").Status.Notes;

        Assert.Contains(notes, note => note.StartsWith("TensorRT is not active: ", StringComparison.Ordinal));
        Assert.Contains(notes, note => note.StartsWith("CUDA is not active: ", StringComparison.Ordinal));
        Assert.DoesNotContain(notes, note => note.Contains("/onnxruntime", StringComparison.Ordinal) || note.Contains(AppContext.BaseDirectory, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("control")]
    [InlineData("engine")]
    [InlineData("int8")]
    public void Classify_ASample_AnswersWithFivePredictionsAndStagesThatAddUp(string id)
    {
        var answer = zoo.Variant(id).Classify(SamplePicture.Read("ship.jpg"));

        Assert.Equal(5, answer.Predictions.Count);
        Assert.InRange(answer.Predictions.Sum(prediction => prediction.Probability), 0.5, 1.0000001);
        Assert.True(answer.Times[Stage.Decode] > 0 && answer.Times[Stage.Resize] > 0 && answer.Times[Stage.Inference] > 0);
        var named = Enum.GetValues<Stage>().Where(stage => stage != Stage.Other).Sum(stage => answer.Times[stage]);
        Assert.InRange(named, 0.99 * answer.Times.TotalMs, answer.Times.TotalMs);
    }

    [Fact]
    public void Loading_AModel_LeavesTheArithmeticOfTheCallersThreadAlone()
    {
        using var session = SessionFactory.Create(EmbeddedZoo.Default.File, new VariantOptions { Id = "any", Title = "Any" }, threads: 1).Session;

        var smallest = BitConverter.UInt32BitsToSingle(1);
        Assert.NotEqual(0, smallest * float.Parse("1", CultureInfo.InvariantCulture));
        Assert.Equal(9, TensorPrimitives.IndexOfMax([1f, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    }

    [Fact]
    public void Classify_Steady_AllocatesNextToNothing()
    {
        var picture = SamplePicture.Read("ship.jpg");
        var variant = zoo.Variant("int8");
        for (var i = 0; i < 20; i++)
        {
            variant.Classify(picture);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
        {
            variant.Classify(picture);
        }
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 50, 0, ManagedBytesPerRequest);
    }

    [Fact]
    public void Classify_FromManyThreads_GivesEachPictureItsOwnAnswer()
    {
        var pictures = Directory.GetFiles(SamplePicture.Folder, "*.jpg").Select(File.ReadAllBytes).ToArray();
        var variant = zoo.Variant("int8");
        var expected = pictures.Select(picture => variant.Classify(picture).Predictions).ToArray();

        Parallel.For(0, 64, i => Assert.Equal(expected[i % pictures.Length], variant.Classify(pictures[i % pictures.Length]).Predictions));
    }

    [Fact]
    public void Classify_ABadPicture_ThrowsAndTheVariantGoesOn()
    {
        var variant = zoo.Variant("control");

        Assert.Throws<ImageRejectedException>(() => variant.Classify(new byte[] { 1, 2, 3 }));
        Assert.Equal(5, variant.Classify(SamplePicture.Read("cat.jpg")).Predictions.Count);
    }

    [Fact]
    public void Classify_Cancelled_StopsAndTheVariantGoesOn()
    {
        var variant = zoo.Variant("engine");
        var clock = new StageClock();
        clock.Start();
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => variant.Classify(SamplePicture.Read("cat.jpg"), clock, cancellation.Token));
        Assert.Equal(5, variant.Classify(SamplePicture.Read("cat.jpg")).Predictions.Count);
    }

    [Fact]
    public void Control_AndEngine_AnswerAlike()
    {
        var picture = SamplePicture.Read("frog.jpg");
        var control = zoo.Variant("control").Classify(picture).Predictions;
        var engine = zoo.Variant("engine").Classify(picture).Predictions;

        Assert.Equal(control[0].ClassIndex, engine[0].ClassIndex);
        Assert.Equal(control[0].Probability, engine[0].Probability, 3);
    }
}
