using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Measurement.Load;
using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Sessions;

/// <summary>A variant in this process under load, through the same gate that web requests pass.</summary>
public sealed class VariantLoadTarget : ILoadTarget
{
    private readonly Variant _variant;
    private readonly ClassifierGate _gate;
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _pictures;
    private int _sent = -1;
    private volatile Prediction? _latestAnswer;

    /// <summary>Load for a variant.</summary>
    /// <param name="variant">A variant that answers.</param>
    /// <param name="gate">The gate in front of it.</param>
    /// <param name="pictures">Encoded pictures that are sent in turn; a drawn 640 × 480 JPEG where there are none.</param>
    public VariantLoadTarget(Variant variant, ClassifierGate gate, IReadOnlyList<ReadOnlyMemory<byte>>? pictures = null)
    {
        ArgumentNullException.ThrowIfNull(variant);
        ArgumentNullException.ThrowIfNull(gate);
        _variant = variant;
        _gate = gate;
        _pictures = pictures is { Count: > 0 } ? pictures : [WarmUpPicture.Encoded];
        PictureNames = pictures is { Count: > 0 } ? null : [WarmUpPicture.Name];
    }

    /// <summary>Names of the pictures, for the result; null where they have none.</summary>
    public IReadOnlyList<string>? PictureNames { get; init; }

    /// <inheritdoc/>
    public LoadTargetFacts Facts => new() { VariantId = _variant.Options.Id, ModelId = _variant.Model.Id, Pictures = PictureNames };

    /// <inheritdoc/>
    public int Parallelism => _gate.Places;

    /// <summary>Sent in place of the pictures while it returns one; called for each request, from any thread.</summary>
    public Func<ReadOnlyMemory<byte>?>? Instead { get; init; }

    /// <summary>The most probable class of the latest answer; null before the first, and after <see cref="ForgetAnswer"/>.</summary>
    public Prediction? LatestAnswer => _latestAnswer;

    /// <summary>Forgets the latest answer, because <see cref="Instead"/> returns another picture from now on.</summary>
    public void ForgetAnswer() => _latestAnswer = null;

    /// <inheritdoc/>
    public async ValueTask CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var picture in _pictures)
        {
            try
            {
                await Task.Run(() => _variant.Classify(picture), cancellationToken);
            }
            catch (Exception error) when (error is not (OperationCanceledException or OutOfMemoryException))
            {
                throw new LoadTargetException($"{_variant.Options.Id} cannot answer: {error.Message}", error);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<string?> SendAsync(LoadRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Clock.Start();
        try
        {
            using (await _gate.EnterAsync(cancellationToken))
            {
                // Off the caller's thread, which keeps the schedule.
                await Task.Yield();
                request.Clock.Mark(Stage.Queue);
                var instead = Instead?.Invoke();
                var answer = _variant.Classify(instead ?? NextPicture(), request.Clock, cancellationToken);
                // An answer to a picture that is shown no more would pass for one to its successor.
                _latestAnswer = Nullable.Equals(instead, Instead?.Invoke()) ? answer.Predictions[0] : null;
                CopyStages(answer.Times, request);
                return null;
            }
        }
        catch (GateFullException)
        {
            return LoadFailureKinds.QueueFull;
        }
        catch (HttpRequestException)
        {
            return LoadFailureKinds.Connection;
        }
        catch (Exception error) when (error is ImageRejectedException or Microsoft.ML.OnnxRuntime.OnnxRuntimeException)
        {
            return LoadFailureKinds.Inference;
        }
    }

    private static void CopyStages(StageTimes times, LoadRequest request)
    {
        for (var stage = Stage.Upload; stage < Stage.Other; stage++)
        {
            request.SetStage(stage, times[stage]);
        }
    }

    private ReadOnlyMemory<byte> NextPicture() => _pictures[(int)((uint)Interlocked.Increment(ref _sent) % (uint)_pictures.Count)];
}
