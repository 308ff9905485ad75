using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace LatencyLab.Inference.Models.Catalog;

/// <summary>
/// Fetches one file: goes on where it was broken off (Range with If-Range), tries again, and verifies size and hash. A file that is not
/// the one that was published leaves nothing behind; one that was only broken off stays as <c>.part</c> for the next time.
/// </summary>
public sealed class FileDownload : IDisposable
{
    private const int ChunkBytes = 128 * 1024;

    private readonly DownloadOptions _options;
    private readonly SecureRequests _requests;

    /// <param name="options">How; null for the defaults.</param>
    public FileDownload(DownloadOptions? options = null)
    {
        _options = options ?? new DownloadOptions();
        _requests = new SecureRequests(_options.Silence);
    }

    /// <summary>Fetches a file.</summary>
    /// <param name="file">What is published of it.</param>
    /// <param name="target">Where to put it; its folder is created when needed.</param>
    /// <param name="progress">Bytes that are there.</param>
    /// <param name="cancellationToken">Stops it; what came is kept for the next time.</param>
    /// <returns>SHA-256 of the file, in lower-case hexadecimal.</returns>
    /// <exception cref="DownloadException">It cannot be fetched, or is not what was published.</exception>
    public async Task<string> FetchAsync(PublishedFile file, string target, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentException.ThrowIfNullOrEmpty(target);
        using var part = new PartialFile(target, file.Address);
        try
        {
            await FetchAllAsync(file, part, progress, cancellationToken);
            var hash = await VerifyAsync(file, part, cancellationToken);
            part.Complete(target);
            return hash;
        }
        catch (DownloadException error) when (error.Reason != DownloadFailure.Interrupted)
        {
            part.Discard();
            throw;
        }
        catch (Exception error) when (error is DownloadException or OperationCanceledException)
        {
            part.Keep(file.Address);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _requests.Dispose();

    private async Task FetchAllAsync(PublishedFile file, PartialFile part, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var wait = _options.FirstWait;
        for (var failures = 0; ;)
        {
            var before = part.Length;
            try
            {
                await FetchRestAsync(file, part, progress, cancellationToken);
                return;
            }
            catch (Exception error) when (IsPassing(error, cancellationToken))
            {
                // An attempt that brought something was worth it, whatever ended it.
                failures = part.Length > before ? 1 : failures + 1;
                if (failures >= _options.Attempts)
                {
                    var cause = error is OperationCanceledException ? $"the server was silent for {_options.Silence.TotalSeconds:0.#} s." : error.Message;
                    throw new DownloadException(
                        DownloadFailure.Interrupted,
                        $"{file.Address} could not be fetched: {cause} Pull it again to go on with what came.", error);
                }
                await Task.Delay(wait, cancellationToken);
                wait = failures == 1 ? _options.FirstWait : wait * 2;
            }
        }
    }

    private async Task FetchRestAsync(PublishedFile file, PartialFile part, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        using var answer = await _requests.GetAsync(file.Address, part.Length, part.ETag, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && part.Length > 0)
        {
            part.Restart(null);
            throw new HttpRequestException("the server could not go on.");
        }
        if (!answer.IsSuccessStatusCode)
        {
            throw Failure(file, answer.StatusCode);
        }
        var range = answer.Content.Headers.ContentRange;
        if (answer.StatusCode != HttpStatusCode.PartialContent || range?.From != part.Length || !IsSame(answer.Headers.ETag, part.ETag))
        {
            // The whole file, perhaps another version of it; or a part that does not fit.
            part.Restart(answer.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null);
            if (answer.StatusCode == HttpStatusCode.PartialContent)
            {
                throw new HttpRequestException("the server went on in the wrong place.");
            }
        }
        var total = range?.Length ?? (answer.Content.Headers.ContentLength is { } length ? part.Length + length : null);
        CheckSize(file, total ?? 0, isWhole: total is not null);
        await CopyAsync(file, answer, part, progress, cancellationToken);
        if (total is { } expected && part.Length < expected)
        {
            throw new HttpRequestException("the connection was closed early.");
        }
    }

    private async Task CopyAsync(PublishedFile file, HttpResponseMessage answer, PartialFile part, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        part.Stream.Position = part.Length;
        var chunk = new byte[ChunkBytes];
        while (true)
        {
            using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            silence.CancelAfter(_options.Silence);
            var read = await body.ReadAsync(chunk, silence.Token);
            if (read == 0)
            {
                return;
            }
            CheckSize(file, part.Length + read, isWhole: false);
            await part.Stream.WriteAsync(chunk.AsMemory(0, read), cancellationToken);
            progress?.Report(part.Length);
        }
    }

    private void CheckSize(PublishedFile file, long bytes, bool isWhole)
    {
        if (file.Bytes > 0 ? bytes > file.Bytes || (isWhole && bytes != file.Bytes) : bytes > _options.MaxSizeBytes)
        {
            throw new DownloadException(
                DownloadFailure.WrongSize,
                file.Bytes > 0
                    ? $"{file.Address} has {bytes} bytes{(isWhole ? "" : " or more")}, but {file.Bytes} were published. It is not the file that was meant; nothing of it was kept."
                    : $"{file.Address} has more than {_options.MaxSizeBytes} bytes, which is the limit. Nothing of it was kept.");
        }
    }

    private async Task<string> VerifyAsync(PublishedFile file, PartialFile part, CancellationToken cancellationToken)
    {
        CheckSize(file, part.Length, isWhole: true);
        part.Stream.Position = 0;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(part.Stream, cancellationToken));
        return file.Sha256 is null || hash.Equals(file.Sha256, StringComparison.OrdinalIgnoreCase) ? hash : throw new DownloadException(
            DownloadFailure.WrongHash,
            $"{file.Address} has the SHA-256 {hash}, but {file.Sha256} was published. "
            + "It is not the file that was meant; nothing of it was kept.");
    }

    private static bool IsSame(EntityTagHeaderValue? tag, string? known) => tag is null || tag.Tag == known;

    private static bool IsPassing(Exception error, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested && error is HttpRequestException or IOException and not DownloadException or OperationCanceledException;

    private static Exception Failure(PublishedFile file, HttpStatusCode status) =>
        (int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
            ? new HttpRequestException($"the server answered {(int)status}.")
            : new DownloadException(
                DownloadFailure.Refused,
                $"{file.Address} cannot be fetched: the server answered {(int)status}. "
                + $"The file may have moved; correct its address in {PublishedModels.FileName}.");
}
