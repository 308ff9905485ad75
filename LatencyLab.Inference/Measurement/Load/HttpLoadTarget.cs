using System.Diagnostics;
using System.Net;

namespace LatencyLab.Inference.Measurement.Load;

/// <summary>A variant of a LatencyLab elsewhere under load, by <c>POST /api/classify/{variant}</c>.</summary>
public sealed class HttpLoadTarget : ILoadTarget, IDisposable
{
    /// <summary>Connections that a service gets where none are chosen: as many requests can be with it at once.</summary>
    public const int DefaultConnections = 64;

    /// <summary>What to do where a LatencyLab refuses requests as <see cref="LoadFailureKinds.RateLimited"/>.</summary>
    public const string RateLimitFix =
        "The service answers only so many requests a minute to one address: raise LatencyLab:Web:RequestsPerMinute there, or set it to 0, which lifts the limit.";

    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _pictures;
    private readonly LoadTargetFacts _facts;
    private int _sent = -1;

    /// <summary>Load for a service.</summary>
    /// <param name="service">Its base address.</param>
    /// <param name="variantId">The variant.</param>
    /// <param name="modelId">The model; null for the service's default.</param>
    /// <param name="pictures">Encoded pictures that are sent in turn, at least one.</param>
    /// <param name="timeout">How long a request may take; 30 s where null.</param>
    /// <exception cref="ArgumentException">There is no picture, or the address is not one of HTTP.</exception>
    public HttpLoadTarget(Uri service, string variantId, string? modelId, IReadOnlyList<ReadOnlyMemory<byte>> pictures, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentException.ThrowIfNullOrEmpty(variantId);
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentOutOfRangeException.ThrowIfZero(pictures.Count);
        if (!service.IsAbsoluteUri || service.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"`{service}` is no address of an HTTP service, for instance http://localhost:5000.", nameof(service));
        }
        var query = modelId is null ? "" : "?model=" + Uri.EscapeDataString(modelId);
        _address = new Uri($"{service.GetLeftPart(UriPartial.Path).TrimEnd('/')}/api/classify/{Uri.EscapeDataString(variantId)}{query}");
        _pictures = pictures;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
        {
            Timeout = timeout ?? TimeSpan.FromSeconds(30),
        };
        _facts = new LoadTargetFacts { VariantId = variantId, ModelId = modelId, Url = service.AbsoluteUri };
    }

    /// <summary>Names of the pictures, for the result; null where they have none.</summary>
    public IReadOnlyList<string>? PictureNames { get; init; }

    /// <inheritdoc/>
    public LoadTargetFacts Facts => _facts with { Pictures = PictureNames };

    /// <inheritdoc/>
    public int Parallelism => DefaultConnections;

    /// <inheritdoc/>
    public async ValueTask CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var content = new ReadOnlyMemoryContent(_pictures[0]);
            using var response = await _http.PostAsync(_address, content, cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                var (type, detail) = ServiceProblem.Read(await response.Content.ReadAsByteArrayAsync(cancellationToken), response.StatusCode);
                var fix = type == LoadFailureKinds.RateLimited ? RateLimitFix : detail;
                throw new LoadTargetException($"{_address} answered {(int)response.StatusCode} ({type}). {fix}".TrimEnd());
            }
        }
        catch (HttpRequestException error)
        {
            throw new LoadTargetException($"{_address} cannot be reached: {error.Message.TrimEnd('.')}. Start the service, or correct the address.", error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LoadTargetException($"{_address} did not answer within {_http.Timeout.TotalSeconds:0} s.", error);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<string?> SendAsync(LoadRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var content = new ReadOnlyMemoryContent(NextPicture());
            using var response = await _http.PostAsync(_address, content, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return ServiceProblem.Read(body, response.StatusCode).Type;
            }
            var totalMs = ClassifyAnswer.Read(body, request);
            // What the service does not account for is the way there and back, reading the picture off the wire included.
            request.SetStage(Stage.Network, Math.Max(0, Stopwatch.GetElapsedTime(started).TotalMilliseconds - totalMs));
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return LoadFailureKinds.Timeout;
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return LoadFailureKinds.Connection;
        }
        catch (System.Text.Json.JsonException)
        {
            return LoadFailureKinds.Unexpected;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private ReadOnlyMemory<byte> NextPicture() => _pictures[(int)((uint)Interlocked.Increment(ref _sent) % (uint)_pictures.Count)];
}
