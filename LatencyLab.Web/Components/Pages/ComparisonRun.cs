using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Sessions;
using LatencyLab.Web.Comparisons;
using LatencyLab.Web.Components.Controls;

namespace LatencyLab.Web.Components.Pages;

/// <summary>One comparison as a page sees it: under way, finished, stopped, or with the reason why it did not finish.</summary>
/// <param name="service">Compares.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Gets what the page does not show.</param>
/// <param name="changed">Told when there is something new to show; may be called on any thread.</param>
public sealed class ComparisonRun(IComparisonService service, TimeProvider time, ILogger log, Action changed) : IDisposable
{
    // Five times a second is as fast as figures can be read.
    private static readonly TimeSpan RenderInterval = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>Whether it is under way.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Whether it was stopped.</summary>
    public bool IsCancelled => _cancellation.IsCancellationRequested;

    /// <summary>How far it is; null before the first report.</summary>
    public ComparisonProgress? Progress { get; private set; }

    /// <summary>Why there is no result; null while all is well.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>Runs the comparison.</summary>
    /// <returns>The result, or null after a cancellation or a problem.</returns>
    public async Task<ComparisonResult?> RunAsync(CompareOptions options)
    {
        IsRunning = true;
        using var progress = new LatestValueThrottle<ComparisonProgress>(RenderInterval, time, Show);
        try
        {
            return await service.CompareAsync(options, progress, _cancellation.Token);
        }
        catch (OperationCanceledException) when (IsCancelled)
        {
            return null;
        }
        catch (Exception exception)
        {
            Problem = ProblemOf(exception);
            return null;
        }
        finally
        {
            IsRunning = false;
        }
    }

    /// <summary>Stops it.</summary>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancellation.Cancel();
        _cancellation.Dispose();
    }

    private void Show(ComparisonProgress progress)
    {
        if (IsRunning)
        {
            Progress = progress;
            changed();
        }
    }

    private Problem ProblemOf(Exception exception)
    {
        switch (exception)
        {
            case ImageRejectedException:
                return new Problem("The picture cannot be used", exception.Message);
            case GateFullException:
                return new Problem("The classifier is busy", exception.Message);
            case KeyNotFoundException:
                return new Problem("This cannot be compared any more", exception.Message);
            default:
                log.LogError(exception, "A comparison failed.");
                return new Problem("The comparison failed", "The reason is in the server's log. Run it again, or choose another picture.");
        }
    }
}
