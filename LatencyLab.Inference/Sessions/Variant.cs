using System.Collections.Concurrent;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Sessions;

/// <summary>A variant made ready: it answers, from several threads at once. Create one with <see cref="VariantLoader"/>.</summary>
public sealed class Variant : IDisposable
{
    private readonly ConcurrentBag<RequestSlot> _idle = [];
    private readonly Func<RequestSlot> _createSlot;
    private readonly IDisposable? _session;
    private bool _disposed;

    internal Variant(VariantOptions options, Model model, VariantFacts facts, Func<RequestSlot> createSlot, IDisposable? session)
    {
        Options = options;
        Model = model;
        Facts = facts;
        _createSlot = createSlot;
        _session = session;
    }

    /// <summary>How it is run.</summary>
    public VariantOptions Options { get; }

    /// <summary>What is run.</summary>
    public Model Model { get; }

    /// <summary>The file that was loaded; null for a remote variant.</summary>
    public ModelFile? File { get; internal init; }

    /// <summary>What came out of loading it.</summary>
    public VariantFacts Facts { get; }

    /// <summary>Classifies a picture.</summary>
    /// <param name="encoded">The whole file.</param>
    /// <exception cref="ImageRejectedException">The picture cannot be decoded.</exception>
    public Classification Classify(ReadOnlyMemory<byte> encoded)
    {
        var clock = new StageClock();
        clock.Start();
        return Classify(encoded, clock);
    }

    /// <summary>Classifies a picture on a clock that already runs, for instance since the request was queued; stops it.</summary>
    /// <param name="encoded">The whole file.</param>
    /// <param name="clock">A started clock.</param>
    /// <param name="cancellationToken">Stops the model before its next layer.</param>
    /// <exception cref="ImageRejectedException">The picture cannot be decoded.</exception>
    public Classification Classify(ReadOnlyMemory<byte> encoded, StageClock clock, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var slot = Rent();
        try
        {
            var predictions = slot.Run(encoded, clock, cancellationToken);
            clock.Stop();
            ClassificationTelemetry.Record(Options.Id, Model.Id, clock);
            return new Classification(predictions, StageTimes.From(clock));
        }
        finally
        {
            Return(slot);
        }
    }

    /// <summary>Runs the model on a tensor that the caller prepared, for evaluation and benchmarks.</summary>
    /// <param name="tensor">3 x size x size numbers, NCHW.</param>
    /// <param name="logits">Receives one logit a class.</param>
    public void Infer(ReadOnlySpan<float> tensor, Span<float> logits)
    {
        var slot = Rent();
        try
        {
            slot.Clock.Start();
            slot.Infer(tensor, logits, slot.Clock, CancellationToken.None);
        }
        finally
        {
            Return(slot);
        }
    }

    /// <summary>Runs the model on a tensor that the caller prepared, on a clock that already runs; what is not the model stays unnamed.</summary>
    /// <param name="tensor">3 x size x size numbers, NCHW.</param>
    /// <param name="logits">Receives one logit a class.</param>
    /// <param name="clock">A started clock.</param>
    /// <param name="cancellationToken">Stops the model before its next layer.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public void Infer(ReadOnlySpan<float> tensor, Span<float> logits, StageClock clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var slot = Rent();
        try
        {
            slot.Infer(tensor, logits, clock, cancellationToken);
        }
        finally
        {
            Return(slot);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var slot))
        {
            slot.Dispose();
        }
        _session?.Dispose();
    }

    private RequestSlot Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _idle.TryTake(out var slot) ? slot : _createSlot();
    }

    private void Return(RequestSlot slot)
    {
        if (_disposed)
        {
            slot.Dispose();
        }
        else
        {
            _idle.Add(slot);
        }
    }
}
