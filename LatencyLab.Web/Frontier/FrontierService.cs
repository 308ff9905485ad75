using LatencyLab.Inference.Frontier;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Web.Frontier;

/// <summary>Measures the frontier for page and API, one at a time, and keeps the last result until the application ends.</summary>
internal sealed class FrontierService(FrontierMeasurement measurement)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    private FrontierResult? _latest;
    private int _running;

    /// <summary>The last result; null before the first.</summary>
    public FrontierResult? Latest => Volatile.Read(ref _latest);

    /// <summary>Measures; comparisons and classifications take their turns between its rounds.</summary>
    /// <exception cref="GateFullException">A measurement is under way already, or too many requests are waiting.</exception>
    public async Task<FrontierResult> MeasureAsync(FrontierRequest request, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _running, 1) == 1)
        {
            throw new GateFullException(Retry);
        }
        try
        {
            var result = await measurement.RunAsync(request, progress, cancellationToken);
            Volatile.Write(ref _latest, result);
            return result;
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }
}
