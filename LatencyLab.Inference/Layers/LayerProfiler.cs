using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Layers;

/// <summary>Measures where the inference time of a variant goes, layer by layer, with the runtime's own profile.</summary>
/// <param name="gate">Its runs wait for their turn there and then have the classifier to themselves.</param>
/// <remarks>
/// Two sessions of the same kind take turns: one with profiling, one without, so that what profiling costs is seen. The runtime cuts
/// each layer's time down to whole microseconds, which matters in layers of a few microseconds: there, look at the mean.
/// </remarks>
public sealed class LayerProfiler(ClassifierGate gate)
{
    /// <summary>Runs before the profiled ones.</summary>
    private const int WarmupRuns = 10;

    /// <summary>Profiles a variant.</summary>
    /// <param name="request">What to profile, and how often.</param>
    /// <param name="progress">Share done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops the model before its next layer.</param>
    /// <exception cref="ArgumentException">The variant is remote: its layers run where they cannot be seen.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="GateFullException">Too many requests are waiting.</exception>
    /// <exception cref="InvalidModelException">The model file is damaged.</exception>
    public async Task<LayerProfile> ProfileAsync(LayerProfileRequest request, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        var (variant, file, threads) = (request.Variant, request.Variant.File!, request.Threads ?? request.Variant.Facts.Threads);
        var graph = await Task.Run(() => new ModelGraph(OnnxModelFile.Load(variant.Model.File.Path)), cancellationToken);
        using var profiled = await Task.Run(() => new ProfiledSession(variant.Model, file, variant.Options, threads), cancellationToken);
        var plain = await Task.Run(() => SessionFactory.Create(file, variant.Options, threads), cancellationToken);
        using var plainSession = plain.Session;
        using var bound = new BoundSession(plain.Session, variant.Model, variant.Options.IoBinding);
        var turns = new TurnTaking([bound, profiled.Bound], gate);
        await turns.RunAsync(WarmupRuns, request.Runs, progress, cancellationToken);
        var peak = plain.Provider == ExecutionProviders.Cpu ? await PeakAsync(threads, cancellationToken) : null;
        var layers = LayerTable.Of(await profiled.ReadAsync(WarmupRuns, cancellationToken), graph, peak);
        return new LayerProfile
        {
            ModelId = variant.Model.Id,
            VariantId = variant.Options.Id,
            Precision = variant.Options.Precision,
            Threads = threads,
            Runs = request.Runs,
            InferenceP50Ms = turns.MedianMs(0),
            ProfiledP50Ms = turns.MedianMs(1),
            LayersMs = layers.Sum(layer => layer.P50Ms),
            Environment = EnvironmentProbe.Read(plain.Provider != ExecutionProviders.Cpu, plain.Notes.Count > 0 ? plain.Notes[^1] : null),
            Layers = layers,
            ByOperator = LayerTable.ByOperator(layers),
            Peak = peak,
        };
    }

    /// <summary>The machine's peak, measured at the first call with the classifier to itself.</summary>
    private async Task<MachinePeak> PeakAsync(int threads, CancellationToken cancellationToken)
    {
        using (await gate.EnterAloneAsync(admitted: true, cancellationToken))
        {
            return await Task.Run(() => MachinePeakProbe.Measure(threads, cancellationToken), cancellationToken);
        }
    }
}
