using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Comparisons;

/// <summary>Joins the stores of the web application with the library.</summary>
internal sealed class ComparisonService(
    VariantRegistry registry, ComparisonRunner runner, ImageStore images, SamplePictures samples, ComparisonStore results,
    IOptions<LatencyLabOptions> options) : IComparisonService
{
    public IReadOnlyList<ModelChoice> Models =>
        [.. registry.Catalogue.Models.OrderBy(model => model.Id != options.Value.DefaultModel).Select(Describe)];

    public IReadOnlyList<VariantStatus> Variants(string modelId) => registry.StatusOf(modelId);

    public ImageFacts? FindImage(string imageId) => FindStored(imageId)?.Facts;

    /// <summary>An uploaded or sample picture, or null when it has expired.</summary>
    public StoredImage? FindStored(string imageId) => images.Find(imageId) ?? samples.Find(imageId);

    public async Task<ComparisonResult> CompareAsync(CompareOptions options, IProgress<ComparisonProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var image = FindStored(options.ImageId)
            ?? throw new KeyNotFoundException("This picture is no longer kept. Choose it again.");
        return await CompareAsync(image, options, progress, cancellationToken);
    }

    /// <summary>Compares a picture that is at hand rather than in a store.</summary>
    public async Task<ComparisonResult> CompareAsync(
        StoredImage image, CompareOptions compare, IProgress<ComparisonProgress>? progress, CancellationToken cancellationToken)
    {
        var result = await runner.RunAsync(
            new ComparisonRequest
            {
                Encoded = image.Encoded,
                Image = image.Facts,
                Variants = registry.Entries(compare.ModelId ?? options.Value.DefaultModel, WithControl(compare.VariantIds)),
                Mode = compare.Mode,
                Rounds = compare.Rounds,
                WarmupRounds = compare.WarmupRounds,
            },
            progress, cancellationToken);
        results.Add(result);
        return result;
    }

    public ComparisonResult? Find(string comparisonId) => results.Find(comparisonId);

    public ComparisonResult? AttachBrowserTiming(string comparisonId, BrowserTiming timing) =>
        results.Change(comparisonId, result => result with { Browser = timing });

    /// <summary>Without the control there is nothing to compare with.</summary>
    private string[]? WithControl(IReadOnlyList<string>? variantIds) =>
        variantIds is null or [] ? null : [registry.Variants[0].Id, .. variantIds];

    private static ModelChoice Describe(Model model) => new(
        model.Id, model.Title, $"{model.Card.Task ?? $"{model.Card.NumClasses} classes"}, {model.Card.Preprocessing.Size} × {model.Card.Preprocessing.Size} pixels");
}
