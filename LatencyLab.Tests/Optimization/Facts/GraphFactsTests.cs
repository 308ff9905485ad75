using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Facts;
using LatencyLab.Tests.Requirements;

namespace LatencyLab.Tests.Optimization.Facts;

public class GraphFactsTests
{
    [Theory]
    [InlineData("fp32", 0)]
    [InlineData("int8", 1)] // Its first convolution, 32 filters of 3 by 3, reads a channel of zeros beside the picture's three.
    public void Facts_OfTheEmbeddedModel_AreThoseOfItsCard(string precision, int addedChannels)
    {
        var card = ModelCardReader.Read(Repository.PathOf("models/cifar10_resnet9/model.json"));

        var facts = GraphFacts.Of(card.FileOf(precision)!.Path);

        Assert.Equal(card.Card.Parameters + (addedChannels * 32 * 9), facts.Parameters);
        Assert.Equal(card.Card.MultiplyAccumulates + (addedChannels * 32 * 9 * 32 * 32), facts.MultiplyAccumulates);
        Assert.Equal(13, facts.Opset);
        Assert.Equal(["N", "3", "32", "32"], Assert.Single(facts.Inputs).Shape);
        Assert.Equal("Float", facts.Inputs[0].ElementType);
        Assert.Equal("logits", Assert.Single(facts.Outputs).Name);
    }

    [SharedDataFact]
    public void Facts_OfPublishedClassifiers_AreThoseOfTheirCards()
    {
        var cards = new ModelCatalogue([SharedData.PathOf("models", "imagenet")]).Models;

        Assert.Equal(5, cards.Count);
        Assert.All(cards, model =>
        {
            var facts = GraphFacts.Of(model.File.Path);
            Assert.Equal((model.Card.Parameters, model.Card.MultiplyAccumulates), (facts.Parameters, facts.MultiplyAccumulates));
        });
    }

    [Fact]
    public void Layers_OfASmallNetwork_AreCountedByHand()
    {
        var builder = new ModelBuilder([4, 8, 8]);
        var x = builder.Clip(builder.BatchNormalization(builder.Conv("input", 4, 6, bias: false), 6), 0, 6);
        x = builder.Conv(x, 6, 6, group: 3);
        var model = builder.Build(builder.Gemm(builder.Node("Flatten", [builder.MaxPool(x)]), 6 * 4 * 4, 10));

        var facts = GraphFacts.Of(model);

        Assert.Equal(["Conv", "BatchNormalization", "Clip", "Conv", "MaxPool", "Flatten", "Gemm"], facts.Layers.Select(layer => layer.Operator));
        Assert.Equal([64 * 6 * 4 * 9, 0, 0, 64 * 6 * 2 * 9, 0, 0, 96 * 10], facts.Layers.Select(layer => layer.MultiplyAccumulates));
        // Mean and variance are statistics, and the bounds of Clip are settings.
        Assert.Equal([6 * 4 * 9, 12, 0, (6 * 2 * 9) + 6, 0, 0, 970], facts.Layers.Select(layer => layer.Parameters));
        Assert.Equal([1, 6, 4, 4], facts.Layers[4].OutputShape!);
        Assert.Equal(facts.Layers.Sum(layer => layer.MultiplyAccumulates), facts.MultiplyAccumulates);
        Assert.Equal(("Conv", 2), (facts.Operators[0].Operator, facts.Operators[0].Count));
        Assert.Equal(4 * (facts.Parameters + 12 + 2), facts.WeightsBytes);
    }

    [Fact]
    public void Weights_ThatTwoLayersShare_AreCountedOnce()
    {
        var builder = new ModelBuilder([3, 8, 8]);
        var model = builder.Build(builder.Conv(builder.Conv("input", 3, 3, bias: false), 3, 3, bias: false));
        model.Graph.Node[1].Input[1] = model.Graph.Node[0].Input[1];

        Assert.Equal(3 * 3 * 9, GraphFacts.Of(model).Parameters);
    }

    [Fact]
    public void Facts_OfAFixedBatch_AreThoseOfOnePicture()
    {
        var builder = new ModelBuilder([3, 8, 8], batch: 4);

        Assert.Equal(64 * 5 * 3 * 9, GraphFacts.Of(builder.Build(builder.Conv("input", 3, 5))).MultiplyAccumulates);
    }

    [Fact]
    public void Facts_WithoutThePictureSize_AskForIt()
    {
        var builder = new ModelBuilder([3, -1, -1]);
        var model = builder.Build(builder.Conv("input", 3, 5));

        Assert.Contains("'input'", Assert.Throws<InvalidModelException>(() => GraphFacts.Of(model)).Message, StringComparison.Ordinal);
        Assert.Equal(16 * 5 * 3 * 9, GraphFacts.Of(model, [3, 4, 4]).MultiplyAccumulates);
    }

    [Fact]
    public void Facts_OfAModelThatTheRuntimeRefuses_SayWhy()
    {
        var builder = new ModelBuilder([3, 8, 8]);
        var model = builder.Build(builder.Node("NoSuchOperator", ["input"]));

        Assert.Contains("NoSuchOperator", Assert.Throws<InvalidModelException>(() => GraphFacts.Of(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MultiplyAdds_BehindAComputedReshape_AreCounted()
    {
        var builder = new ModelBuilder([4, 8, 8]);
        var x = builder.Node("Reshape", ["input", builder.Node("Abs", [builder.Integers([1, 8, 4, 8])])]);
        var model = builder.Build(builder.Conv(x, 8, 5));

        Assert.Equal(32 * 5 * 8 * 9, GraphFacts.Of(model).MultiplyAccumulates);
    }

    [Fact]
    public void Shapes_ThatDependOnValues_AreFoundByRunning()
    {
        var builder = new ModelBuilder([3, 8, 8]);
        // NonZero's length depends on values: no inference tells it.
        var x = builder.Node("Cast", [builder.Node("NonZero", ["input"])], ModelBuilder.Int("to", 1));

        Assert.Equal([4, 0], GraphFacts.Of(builder.Build(x)).Layers[0].OutputShape!);
    }
}
