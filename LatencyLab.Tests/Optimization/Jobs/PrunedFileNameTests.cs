using LatencyLab.Inference.Optimization.Jobs;

namespace LatencyLab.Tests.Optimization.Jobs;

public class PrunedFileNameTests
{
    private static readonly PruneRequest Plain = new() { ModelId = "base" };

    [Fact]
    public void Name_OfThePlainRequest_IsShort() => Assert.Equal("base-0.5-channels-l1.onnx", PrunedFileName.Of(Plain));

    [Fact]
    public void Name_OfOtherOptions_IsAnotherOne()
    {
        PruneRequest[] requests =
        [
            Plain, Plain with { Keep = 0.25 }, Plain with { MultiplyAdds = 0.5 }, Plain with { By = "batchnorm" }, Plain with { Uniform = true },
            Plain with { Round = 4 }, Plain with { Minimum = 4 }, Plain with { Skip = ["/a/Conv"] }, Plain with { Skip = ["/b/Conv"] },
        ];

        Assert.Equal(requests.Length, requests.Select(PrunedFileName.Of).Distinct().Count());
        Assert.All(requests, request => Assert.DoesNotContain('/', PrunedFileName.Of(request)));
    }

    [Fact]
    public void Name_OfTheSameLayersInAnotherOrder_IsTheSame() =>
        Assert.Equal(PrunedFileName.Of(Plain with { Skip = ["a", "b"] }), PrunedFileName.Of(Plain with { Skip = ["b", "a", "a"] }));
}
