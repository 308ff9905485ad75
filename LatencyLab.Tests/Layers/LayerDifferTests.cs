using LatencyLab.Inference.Layers;

namespace LatencyLab.Tests.Layers;

public class LayerDifferTests
{
    private static readonly LayerProfile Control = ExampleLayer.Profile(
        "control",
        ExampleLayer.Create("conv1", 4, "Conv", "conv1"), ExampleLayer.Create("relu1", 1, "Relu", "relu1"),
        ExampleLayer.Create("conv2", 3, "Conv", "conv2"), ExampleLayer.Create("add", 0.5, "Add", "add"));

    private static readonly LayerProfile Int8 = ExampleLayer.Profile(
        "int8",
        ExampleLayer.Create("input_QuantizeLinear", 0.2, "QuantizeLinear"),
        ExampleLayer.Create("conv1_token_1", 1, "QLinearConv", "conv1", "relu1") with { RunsInInt8 = true },
        ExampleLayer.Create("conv2_token_2", 0.5, "QLinearConv", "conv2") with { RunsInInt8 = true },
        ExampleLayer.Create("add", 0.25, "QLinearAdd", "add") with { RunsInInt8 = true });

    [Fact]
    public void LayersThatOneSideFuses_AreComparedWithAllThatTheyReplace()
    {
        var row = LayerDiffer.Diff(Control, Int8).Rows[0];

        Assert.Equal("conv1", row.OriginalLayer);
        Assert.Equal(("conv1", "conv1_token_1"), (row.Left!.Name, row.Right!.Name));
        Assert.Equal((5, 1, -4, 5), (row.LeftMs, row.RightMs, row.DeltaMs, row.Ratio));
    }

    [Fact]
    public void LayersFusedInTheMiddle_OfBothSides_FormOneRow()
    {
        var left = ExampleLayer.Profile("left", ExampleLayer.Create("ab", 1, "Conv", "a", "b"), ExampleLayer.Create("c", 1, "Relu", "c"));
        var right = ExampleLayer.Profile("right", ExampleLayer.Create("a", 1, "Conv", "a"), ExampleLayer.Create("bc", 3, "Add", "b", "c"));

        var row = Assert.Single(LayerDiffer.Diff(left, right).Rows);

        Assert.Equal((2, 4, 0.5), (row.LeftMs, row.RightMs, row.Ratio));
    }

    [Fact]
    public void ALayerThatTheRuntimeAdded_HasNoPartner()
    {
        var diff = LayerDiffer.Diff(Control, Int8);

        Assert.Empty(diff.UnmatchedLeft);
        Assert.Equal("input_QuantizeLinear", Assert.Single(diff.UnmatchedRight).Name);
    }

    [Fact]
    public void RowsByOperator_GoByTheModelsOperators()
    {
        var operators = LayerDiffer.Diff(Control, Int8).ByOperator;

        Assert.Equal([new OperatorDiff("Conv", 8, 1.5, 8 / 1.5), new OperatorDiff("Add", 0.5, 0.25, 2)], operators);
    }

    [Fact]
    public void TheInsights_NameWhatWasAddedAndWhatStaysInFloat()
    {
        var insights = LayerDiffer.Diff(Control, Int8).Insights;

        Assert.Contains("QuantizeLinear", Assert.Single(insights, insight => insight.Kind == "added").Text, StringComparison.Ordinal);
        Assert.Contains("3 of 4 layers in INT8", Assert.Single(insights, insight => insight.Kind == "in-float").Text, StringComparison.Ordinal);
        Assert.Contains("Conv 5.3×; everything else together 1.1×", Assert.Single(insights, insight => insight.Kind == "amdahl").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void ProfilesOfTwoModels_AreRefused() =>
        Assert.Throws<ArgumentException>(() => LayerDiffer.Diff(Control, Int8 with { ModelId = "other" }));
}
