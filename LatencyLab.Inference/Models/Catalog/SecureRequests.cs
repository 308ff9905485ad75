using System.Net;
using System.Net.Http.Headers;

namespace LatencyLab.Inference.Models.Catalog;

/// <summary>GET requests that follow redirections only to HTTPS, or to HTTP on this machine.</summary>
/// <param name="silence">How long a server may take to begin its answer.</param>
internal sealed class SecureRequests(TimeSpan silence) : IDisposable
{
    private const int MaxRedirections = 8;

    // Followed by hand, because the handler would follow to anywhere on the same scheme without asking.
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = silence,
        // Compressed answers would have other sizes and ranges.
        AutomaticDecompression = DecompressionMethods.None,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Asks for a file, or for the rest of it.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="from">Bytes that are there already.</param>
    /// <param name="eTag">The version they are of; null where unknown.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="DownloadException">An address is not secure, or one leads to the next without end.</exception>
    public async Task<HttpResponseMessage> GetAsync(Uri address, long from, string? eTag, CancellationToken cancellationToken)
    {
        for (var redirections = 0; redirections <= MaxRedirections; redirections++)
        {
            RefuseInsecure(address);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("LatencyLab", "1"));
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
            if (from > 0 && eTag is not null)
            {
                request.Headers.Range = new RangeHeaderValue(from, null);
                request.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue(eTag));
            }
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(silence);
            var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            if ((int)answer.StatusCode is not (301 or 302 or 303 or 307 or 308) || answer.Headers.Location is not { } location)
            {
                return answer;
            }
            answer.Dispose();
            address = new Uri(address, location);
        }
        throw new DownloadException(
            DownloadFailure.Refused,
            $"{address} leads on and on. Correct the address in {PublishedModels.FileName}.");
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static void RefuseInsecure(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        {
            throw new DownloadException(
                DownloadFailure.NotSecure, $"{address} is not HTTPS, so anybody on the way could change the file. Use an https address.");
        }
    }
}
