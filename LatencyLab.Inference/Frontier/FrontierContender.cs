using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Frontier;

/// <summary>One configuration during a measurement.</summary>
/// <remarks>
/// A round's sample is the median of several inferences, after one that is not counted: the first one finds the caches full of another
/// model's weights, and one inference of a tenth of a millisecond is within reach of every interrupt. There are so many of them that a
/// sample takes about <see cref="SampleMs"/>, but at least <see cref="LeastInferences"/> and at most <see cref="MostInferences"/>.
/// </remarks>
internal sealed class FrontierContender : IDisposable
{
    private const double SampleMs = 3;
    private const int LeastInferences = 3;
    private const int MostInferences = 31;
    private const int WarmupInferences = 10;

    private readonly LoadedSession _loaded;
    private readonly BoundSession _bound;
    private readonly StageClock _clock = new();
    private double[] _inferencesMs = new double[WarmupInferences];

    /// <summary>Loads the configuration.</summary>
    /// <exception cref="Models.InvalidModelException">The graph is not what the card describes.</exception>
    /// <exception cref="Microsoft.ML.OnnxRuntime.OnnxRuntimeException">The runtime refuses the model.</exception>
    public FrontierContender(FrontierConfiguration configuration)
    {
        Configuration = configuration;
        _loaded = SessionFactory.Create(configuration.File, configuration.Options, configuration.Options.Threads);
        try
        {
            _bound = new BoundSession(_loaded.Session, configuration.Model, configuration.Options.IoBinding);
        }
        catch
        {
            _loaded.Session.Dispose();
            throw;
        }
        TypicalInput.Fill(_bound.Input);
    }

    public FrontierConfiguration Configuration { get; }

    /// <summary>One sample a round, in milliseconds an inference.</summary>
    public List<double> SamplesMs { get; } = [];

    /// <summary>Settles the clock and finds out how many inferences make a sample.</summary>
    public void WarmUp(CancellationToken cancellationToken)
    {
        var typical = MedianInferenceMs(cancellationToken);
        var count = typical > 0 ? (int)Math.Ceiling(SampleMs / typical) : MostInferences;
        _inferencesMs = new double[Math.Clamp(count, LeastInferences, MostInferences)];
    }

    /// <summary>Takes the sample of one round.</summary>
    public void Sample(CancellationToken cancellationToken)
    {
        InferenceMs(cancellationToken);
        SamplesMs.Add(MedianInferenceMs(cancellationToken));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _bound.Dispose();
        _loaded.Session.Dispose();
    }

    private double MedianInferenceMs(CancellationToken cancellationToken)
    {
        for (var i = 0; i < _inferencesMs.Length; i++)
        {
            _inferencesMs[i] = InferenceMs(cancellationToken);
        }
        Array.Sort(_inferencesMs);
        return Percentile.Of(_inferencesMs, 0.5);
    }

    private double InferenceMs(CancellationToken cancellationToken)
    {
        _clock.Start();
        _bound.Run(_clock, cancellationToken);
        return _clock.MillisecondsOf(Stage.Inference);
    }
}
