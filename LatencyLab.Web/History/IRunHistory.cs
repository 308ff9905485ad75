using LatencyLab.Inference.Imaging;

namespace LatencyLab.Web.History;

/// <summary>
/// All runs that were measured here or imported. A run counts as saved once the task that saves it has completed: then it is on disk and
/// survives the death of the process and of the machine. Nothing is reported as saved before.
/// </summary>
public interface IRunHistory
{
    /// <summary>Puts a finished run into the queue of what is written in the background; the caller need not wait.</summary>
    /// <param name="id">Its identifier; an earlier state of the same run is replaced.</param>
    /// <param name="createdAt">When it began.</param>
    /// <param name="result">Its result, of a type that some <see cref="Kinds.RunKind{T}"/> describes.</param>
    /// <param name="picture">The uploaded picture behind it; kept only with <see cref="HistoryOptions.KeepPictures"/>.</param>
    /// <returns>Completes when the run is saved; fails with <see cref="HistoryException"/> when it is not. Failures are logged.</returns>
    Task SaveAsync<T>(string id, DateTimeOffset createdAt, T result, KeptPicture? picture = null)
        where T : class;

    /// <summary>
    /// Measures, and keeps the run from its beginning: as running before <paramref name="measure"/> is called, then as completed, failed or,
    /// after a cancellation, interrupted. If the process dies meanwhile, the next start marks it interrupted. A database that does not
    /// answer never sinks the measurement.
    /// </summary>
    /// <param name="beginning">What is known before the result; the result's own description takes its place.</param>
    /// <param name="measure">The measurement.</param>
    /// <param name="cancellationToken">Handed to the measurement.</param>
    /// <returns>The result, and the run's identifier where it was saved.</returns>
    Task<RecordedRun<T>> RecordAsync<T>(RunDescription beginning, Func<CancellationToken, Task<T>> measure, CancellationToken cancellationToken)
        where T : class;

    /// <summary>The same for a run that can be gone on with: it has an identifier of its own, and is one run however often it is begun.</summary>
    /// <param name="id">Its identifier; an earlier state of the same run is replaced.</param>
    /// <param name="createdAt">When it was begun first.</param>
    /// <param name="beginning">What is known before the result; the result's own description takes its place.</param>
    /// <param name="measure">The measurement, or the rest of it.</param>
    /// <param name="cancellationToken">Handed to the measurement.</param>
    /// <returns>The result, and the run's identifier where it was saved.</returns>
    Task<RecordedRun<T>> RecordAsync<T>(
        string id, DateTimeOffset createdAt, RunDescription beginning, Func<CancellationToken, Task<T>> measure, CancellationToken cancellationToken)
        where T : class;

    /// <summary>The runs that pass a filter, the newest first, without payloads.</summary>
    /// <exception cref="HistoryException">The database does not answer.</exception>
    Task<RunList> ListAsync(RunFilter filter, CancellationToken cancellationToken);

    /// <summary>What there is to filter by.</summary>
    /// <exception cref="HistoryException">The database does not answer.</exception>
    Task<RunFacets> FacetsAsync(CancellationToken cancellationToken);

    /// <summary>A run with its payload, or null.</summary>
    /// <exception cref="HistoryException">The database does not answer.</exception>
    Task<RunRecord?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The kept picture of a run, or null.</summary>
    /// <exception cref="HistoryException">The database does not answer.</exception>
    Task<KeptPicture?> FindPictureAsync(string id, CancellationToken cancellationToken);

    /// <summary>Deletes a run with its picture; completes when the disk has it. One that is running stays.</summary>
    /// <returns>Whether there was such a run that did not run.</returns>
    /// <exception cref="HistoryException">The database does not answer.</exception>
    Task<bool> DeleteAsync(string id, CancellationToken cancellationToken);

    /// <summary>Adds a run that was measured elsewhere, unless there is one of its identifier; completes when it is saved.</summary>
    /// <returns>Whether it was added.</returns>
    /// <exception cref="HistoryException">The database does not answer.</exception>
    Task<bool> AddAsync(RunRecord run, CancellationToken cancellationToken);
}

/// <summary>A recorded measurement.</summary>
/// <param name="Result">Its result.</param>
/// <param name="RunId">Identifier in the history; null where it could not be saved, which the log explains.</param>
public sealed record RecordedRun<T>(T Result, string? RunId);

/// <summary>A picture with a run.</summary>
/// <param name="Format">Its format as in <see cref="ImageFacts.Format"/>, for instance <c>jpeg</c>.</param>
/// <param name="Encoded">The whole file.</param>
public sealed record KeptPicture(string Format, ReadOnlyMemory<byte> Encoded);
