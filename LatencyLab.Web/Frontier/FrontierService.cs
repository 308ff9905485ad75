using LatencyLab.Inference.Frontier;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;
using LatencyLab.Web.History;

namespace LatencyLab.Web.Frontier;

/// <summary>Measures the frontier for page and API, one at a time, and keeps the last result at hand and all in the history.</summary>
internal sealed class FrontierService(FrontierMeasurement measurement, ModelCatalogue catalogue, IRunHistory history)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    private readonly Lock _keeping = new();
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
            var measured = catalogue.Models;
            var beginning = new RunDescription
            {
                Title = $"Accuracy against latency, held against {request.BaseModelId}",
                Environment = EnvironmentProbe.Read(),
                ModelIds = [request.BaseModelId, .. request.ModelIds ?? []],
            };
            var (result, _) = await history.RecordAsync(beginning, token => measurement.RunAsync(request, progress, token), cancellationToken);
            Keep(result, measured);
            return result;
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    /// <summary>Forgets the rows of a model that is gone; the others form the frontier.</summary>
    public void Forget(string modelId)
    {
        lock (_keeping)
        {
            Volatile.Write(ref _latest, _latest?.Without(modelId));
        }
    }

    // Models may have gone while it was measured.
    private void Keep(FrontierResult result, IEnumerable<Model> measured)
    {
        lock (_keeping)
        {
            var gone = measured.ExceptBy(catalogue.Models.Select(model => model.Lifetime), model => model.Lifetime).Select(model => model.Id);
            Volatile.Write(ref _latest, gone.Aggregate((FrontierResult?)result, (kept, modelId) => kept?.Without(modelId)));
        }
    }
}
