using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Comparison;

/// <summary>One variant during a comparison: its answer so far, its times, or its failure.</summary>
internal sealed class Contestant
{
    private readonly Variant? _variant;
    private readonly TimeSpan _answerTimeout;
    private readonly StageClock _clock = new();

    public Contestant(VariantEntry entry, TimeSpan answerTimeout)
    {
        Entry = entry;
        _variant = entry.Variant;
        _answerTimeout = answerTimeout;
        if (_variant is null)
        {
            Failure = WhyNotReady(entry.Status);
        }
    }

    public VariantEntry Entry { get; }

    public IReadOnlyList<Prediction> Predictions { get; private set; } = [];

    public List<StageTimes> Warmup { get; } = [];

    public List<StageTimes> Steady { get; } = [];

    /// <summary>In race mode: what the rounds before the race took, when variants took turns.</summary>
    public List<StageTimes> Baseline { get; } = [];

    public VariantFailure? Failure { get; private set; }

    public bool Stands => Failure is null;

    public bool HasAnswered => Predictions.Count > 0 || !Stands;

    /// <summary>
    /// Answers after the others. Measured rounds answer twice and record the second time: the first answer meets processor caches full
    /// of another variant's weights, which a variant that is deployed alone never does.
    /// </summary>
    public void TakeTurn(ReadOnlyMemory<byte> encoded, RoundKind kind, CancellationToken cancellationToken)
    {
        if (kind != RoundKind.Warmup)
        {
            Answer(encoded, series: null, cancellationToken);
        }
        if (Stands)
        {
            Answer(encoded, kind, cancellationToken);
        }
    }

    /// <summary>Answers once and records the times; a failure of the variant is kept, one of the picture is thrown.</summary>
    public void Answer(ReadOnlyMemory<byte> encoded, RoundKind kind, CancellationToken cancellationToken) =>
        Answer(encoded, SeriesOf(kind), cancellationToken);

    private List<StageTimes> SeriesOf(RoundKind kind) => kind switch
    {
        RoundKind.Warmup => Warmup,
        RoundKind.Baseline => Baseline,
        _ => Steady,
    };

    private void Answer(ReadOnlyMemory<byte> encoded, List<StageTimes>? series, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_answerTimeout);
        try
        {
            _clock.Start();
            var classification = _variant!.Classify(encoded, _clock, timeout.Token);
            Predictions = classification.Predictions;
            series?.Add(classification.Times);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Failure = new("cancelled", $"It was stopped after {_answerTimeout.TotalSeconds:0} s without an answer.");
        }
        catch (Exception error) when (error is not (ImageRejectedException or OperationCanceledException))
        {
            Failure = new(error is HttpRequestException ? "network" : "inference", error.Message);
        }
    }

    private static VariantFailure WhyNotReady(VariantStatus status) => status.State switch
    {
        VariantState.Failed => new("load", status.Message ?? "It could not be loaded."),
        VariantState.Preparing => new("preparing", $"It is not ready yet: {status.Message}. Compare again in a moment."),
        _ => new("warm-up", $"It is not ready yet: {status.Message}. Compare again in a moment."),
    };
}
