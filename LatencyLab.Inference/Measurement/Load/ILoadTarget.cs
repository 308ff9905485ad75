namespace LatencyLab.Inference.Measurement.Load;

/// <summary>What load is put on. Called by several callers at once, each with a request of its own.</summary>
public interface ILoadTarget
{
    /// <summary>What it is, for the result.</summary>
    LoadTargetFacts Facts { get; }

    /// <summary>How many requests it works on at the same time; the number of callers where none is chosen.</summary>
    int Parallelism { get; }

    /// <summary>Sends one request, outside every measurement, to see that it is answered.</summary>
    /// <exception cref="LoadTargetException">It is not; the message says why and what to do.</exception>
    ValueTask CheckAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Sends a request and waits for its answer. It must come back to the calling thread at once, for that is the one that keeps the
    /// schedule: work goes elsewhere.
    /// </summary>
    /// <param name="request">Receives the stages of the answer.</param>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>Null for an answer; otherwise the kind of failure, for instance <c>queue-full</c>.</returns>
    ValueTask<string?> SendAsync(LoadRequest request, CancellationToken cancellationToken);
}
