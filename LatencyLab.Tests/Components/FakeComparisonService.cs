using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Sessions;
using LatencyLab.Web.Comparisons;

namespace LatencyLab.Tests.Components;

/// <summary>A service whose comparison does what the test says, and which remembers what the page asked.</summary>
internal sealed class FakeComparisonService : IComparisonService
{
    public List<CompareOptions> Asked { get; } = [];

    public Dictionary<string, ComparisonResult> Kept { get; } = [];

    public IReadOnlyList<ModelChoice> Models { get; set; } =
    [
        new("cifar10-residual", "CIFAR-10 residual network", "Tells 10 kinds of things apart, at 32 × 32 pixels."),
        new("mobilenet_v2_1.0_224", "MobileNetV2 1.0", "Tells 1,000 ImageNet classes apart, at 224 × 224 pixels."),
    ];

    public IReadOnlyList<VariantStatus> Statuses { get; set; } = [Example.Status("control"), Example.Status("engine"), Example.Status("int8")];

    public Func<CompareOptions, IProgress<ComparisonProgress>?, CancellationToken, Task<ComparisonResult>> OnCompare { get; set; } =
        (_, _, _) => Task.FromResult(Example.Result());

    public IReadOnlyList<VariantStatus> Variants(string modelId) => Statuses;

    public ImageFacts? FindImage(string imageId) => null;

    public async Task<ComparisonResult> CompareAsync(CompareOptions options, IProgress<ComparisonProgress>? progress, CancellationToken cancellationToken)
    {
        Asked.Add(options);
        var result = await OnCompare(options, progress, cancellationToken);
        Kept[result.Id] = result;
        return result;
    }

    public ComparisonResult? Find(string comparisonId) => Kept.GetValueOrDefault(comparisonId);

    public Task<ComparisonResult?> FindAsync(string comparisonId, CancellationToken cancellationToken) => Task.FromResult(Find(comparisonId));

    public ComparisonResult? AttachBrowserTiming(string comparisonId, BrowserTiming timing) =>
        Kept.TryGetValue(comparisonId, out var result) ? Kept[comparisonId] = result with { Browser = timing } : null;
}
