using LatencyLab.Inference.Measurement;

namespace LatencyLab.Inference.Sessions;

/// <summary>One place to run a model: fixed input and output memory, one run at a time.</summary>
public interface IInference : IDisposable
{
    /// <summary>The input tensor, NCHW with N = 1; write it before each run.</summary>
    Span<float> Input { get; }

    /// <summary>One logit a class; valid after a run.</summary>
    ReadOnlySpan<float> Output { get; }

    /// <summary>Runs the model and marks the stages that this takes.</summary>
    /// <param name="clock">The request's running clock.</param>
    /// <param name="cancellationToken">Stops the run before its next layer.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    /// <exception cref="HttpRequestException">A remote service does not answer as it should; the message names it and the fix.</exception>
    void Run(StageClock clock, CancellationToken cancellationToken = default);
}
