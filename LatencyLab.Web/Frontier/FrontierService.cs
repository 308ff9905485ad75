using LatencyLab.Inference.Frontier;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;
using LatencyLab.Web.History;

namespace LatencyLab.Web.Frontier;

/// <summary>Measures the frontier for page and API, one at a time, and keeps the last result at hand and all in the history.</summary>
internal sealed class FrontierService(FrontierMeasurement measurement, IRunHistory history)
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
            var beginning = new RunDescription
            {
                Title = $"Accuracy against latency, held against {request.BaseModelId}",
                Environment = EnvironmentProbe.Read(),
                ModelIds = [request.BaseModelId, .. request.ModelIds ?? []],
            };
            var (result, _) = await history.RecordAsync(beginning, token => measurement.RunAsync(request, progress, token), cancellationToken);
            Volatile.Write(ref _latest, result);
            return result;
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }
}
