using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;
using LatencyLab.Web.History;
using LatencyLab.Web.History.Kinds;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Comparisons;

/// <summary>Joins the stores of the web application with the library.</summary>
internal sealed class ComparisonService(
    VariantRegistry registry, ComparisonRunner runner, ImageStore images, SamplePictures samples, ComparisonStore results, IRunHistory history, RunKinds kinds,
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
        // A sample picture is always at hand; only uploaded ones are worth keeping.
        var uploaded = ReferenceEquals(samples.Find(image.Facts.Name), image) ? null : new KeptPicture(image.Facts.Format, image.Encoded);
        var saving = history.SaveAsync(result.Id, result.CreatedAt, result, uploaded);
        if (compare.WaitUntilSaved)
        {
            await saving;
        }
        return result;
    }

    public ComparisonResult? Find(string comparisonId) => results.Find(comparisonId);

    public async Task<ComparisonResult?> FindAsync(string comparisonId, CancellationToken cancellationToken)
    {
        if (results.Find(comparisonId) is { } recent)
        {
            return recent;
        }
        var kind = kinds.Of<ComparisonResult>();
        return await history.FindAsync(comparisonId, cancellationToken) is { Payload: { } payload } run && run.Kind == kind.Id ? kind.Parse(payload) : null;
    }

    public ComparisonResult? AttachBrowserTiming(string comparisonId, BrowserTiming timing)
    {
        var timed = results.Change(comparisonId, result => result with { Browser = timing });
        if (timed is not null)
        {
            // Replaces what was saved without the browser's part; the writer logs what goes wrong.
            _ = history.SaveAsync(timed.Id, timed.CreatedAt, timed);
        }
        return timed;
    }

    /// <summary>Without the control there is nothing to compare with.</summary>
    private string[]? WithControl(IReadOnlyList<string>? variantIds) =>
        variantIds is null or [] ? null : [registry.Variants[0].Id, .. variantIds];

    private static ModelChoice Describe(Model model) => new(
        model.Id, model.Title, $"{model.Card.Task ?? $"{model.Card.NumClasses} classes"}, {model.Card.Preprocessing.Size} × {model.Card.Preprocessing.Size} pixels");
}
