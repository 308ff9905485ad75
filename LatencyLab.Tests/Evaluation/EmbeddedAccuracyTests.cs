using LatencyLab.Inference.Evaluation;
using LatencyLab.Tests.Requirements;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Evaluation;

public class EmbeddedAccuracyTests(LoadedZoo zoo) : IClassFixture<LoadedZoo>
{
    [SharedDataFact]
    public async Task EmbeddedModel_OnTheWholeTestSet_HasTheAccuracyOfItsCardAndLosesNextToNothingInInt8()
    {
        var variants = zoo.Entries.Select(entry => entry.Variant!).ToArray();
        var pictures = LabelledPictures.Find(SharedData.PathOf("data", "cifar10", "test.zip"), variants[0].Model);

        var result = await Evaluator.RunAsync(
            "test.zip", pictures, [variants[0], variants[2]], zoo.Decoder, EvaluationPace.Full, progress: null, CancellationToken.None);

        Assert.Equal(10_000, result.Pictures);
        var stated = variants[0].Model.Card.Accuracy!.Value.GetProperty("cifar10_test").GetProperty("top1").GetDouble();
        // Processors round differently in the last bits; one picture is 0.0001.
        Assert.InRange(result.Variants[0].Top1, stated - 0.001, stated + 0.001);
        Assert.True(result.Variants[1].DropPoints <= 0.3, $"INT8 loses {result.Variants[1].DropPoints:0.00} points.");
    }
}
