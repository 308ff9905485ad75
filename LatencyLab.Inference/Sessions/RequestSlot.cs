using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Sessions;

/// <summary>Everything that one request at a time needs: preprocessing buffers and bound model memory. Reused from request to request.</summary>
internal sealed class RequestSlot(ImagePreprocessor preprocessor, IInference inference, Model model) : IDisposable
{
    /// <summary>A clock for callers that bring none.</summary>
    public StageClock Clock { get; } = new();

    /// <summary>Encoded picture to predictions, on the caller's running clock.</summary>
    public Prediction[] Run(ReadOnlyMemory<byte> encoded, StageClock clock, CancellationToken cancellationToken)
    {
        preprocessor.Process(encoded, inference.Input, clock);
        inference.Run(clock, cancellationToken);
        var predictions = TopPredictions.Of(inference.Output, model.Labels);
        clock.Mark(Stage.Postprocess);
        return predictions;
    }

    /// <summary>Prepared input to logits, on the caller's running clock.</summary>
    public void Infer(ReadOnlySpan<float> tensor, Span<float> logits, StageClock clock, CancellationToken cancellationToken)
    {
        tensor.CopyTo(inference.Input);
        // The copy is no part of the model's time.
        clock.Mark(Stage.Other);
        inference.Run(clock, cancellationToken);
        inference.Output.CopyTo(logits);
    }

    public void Dispose() => inference.Dispose();
}
