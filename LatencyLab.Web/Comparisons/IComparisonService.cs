using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Web.Comparisons;

/// <summary>What the Compare page and the API need of the library, behind one bounded gate.</summary>
public interface IComparisonService
{
    /// <summary>Models that can be compared, the default first.</summary>
    IReadOnlyList<ModelChoice> Models { get; }

    /// <summary>The configured variants of a model and whether they answer; asking starts loading them in the background.</summary>
    /// <exception cref="KeyNotFoundException">No such model.</exception>
    IReadOnlyList<VariantStatus> Variants(string modelId);

    /// <summary>Facts of an uploaded or sample picture, or null when it has expired.</summary>
    ImageFacts? FindImage(string imageId);

    /// <summary>Runs a comparison and keeps its result for <see cref="Find"/>.</summary>
    /// <exception cref="KeyNotFoundException">The picture has expired, or there is no such model or variant.</exception>
    /// <exception cref="ImageRejectedException">The picture cannot be decoded.</exception>
    /// <exception cref="GateFullException">Too many requests are waiting.</exception>
    Task<ComparisonResult> CompareAsync(CompareOptions options, IProgress<ComparisonProgress>? progress, CancellationToken cancellationToken);

    /// <summary>A kept result, or null.</summary>
    ComparisonResult? Find(string comparisonId);

    /// <summary>A kept result, also one from the history, or null.</summary>
    /// <exception cref="History.HistoryException">The history does not answer.</exception>
    Task<ComparisonResult?> FindAsync(string comparisonId, CancellationToken cancellationToken);

    /// <summary>Adds what the browser measured to a kept result; returns the completed result, or null when it has expired.</summary>
    ComparisonResult? AttachBrowserTiming(string comparisonId, BrowserTiming timing);
}

/// <summary>A model to choose from.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Title">Name for people.</param>
/// <param name="Description">One sentence: what it tells apart and its input size.</param>
public sealed record ModelChoice(string Id, string Title, string Description);

/// <summary>What to compare.</summary>
public sealed record CompareOptions
{
    /// <summary>Identifier of an uploaded picture, or of a sample (its file name).</summary>
    public required string ImageId { get; init; }

    /// <summary>Model; null for the configured default.</summary>
    public string? ModelId { get; init; }

    /// <summary>Variants; null for all configured.</summary>
    public IReadOnlyList<string>? VariantIds { get; init; }

    /// <summary>Taking turns or all at once.</summary>
    public ComparisonMode Mode { get; init; } = ComparisonMode.Isolated;

    /// <summary>Measured rounds, 1 to 1000.</summary>
    /// <value>The default value is 30.</value>
    public int Rounds { get; init; } = 30;

    /// <summary>Rounds before the measured ones, 0 to 100.</summary>
    /// <value>The default value is 5.</value>
    public int WarmupRounds { get; init; } = 5;

    /// <summary>Whether the answer waits until the history has the result on disk.</summary>
    public bool WaitUntilSaved { get; init; }
}
