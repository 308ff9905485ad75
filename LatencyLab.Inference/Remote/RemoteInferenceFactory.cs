using System.Diagnostics;
using System.Net;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Remote;

/// <summary>Reaches services over the REST form of the Open Inference Protocol v2, with connections that are kept and shared.</summary>
public sealed class RemoteInferenceFactory : IRemoteInferenceFactory, IDisposable
{
    /// <summary>Far above the logits of any classifier; a wrong address may answer with anything.</summary>
    private const int LongestAnswerBytes = 4_000_000;

    private static readonly TimeSpan PauseBetweenAttempts = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _http;
    private readonly TimeSpan _patience;

    /// <summary>Connects to nothing yet.</summary>
    public RemoteInferenceFactory(RemoteOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _patience = TimeSpan.FromSeconds(options.ReadyPatienceSeconds);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            // Names may come to mean other machines.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        _http = new HttpClient(handler)
        {
            Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
            MaxResponseContentBufferSize = LongestAnswerBytes,
        };
    }

    /// <inheritdoc/>
    /// <exception cref="RemoteInferenceException">The service cannot be used; the message names its address and the fix.</exception>
    public async Task ConnectAsync(Model model, VariantOptions options, CancellationToken cancellationToken)
    {
        var service = Service(model, options);
        var started = Stopwatch.GetTimestamp();
        while (!await IsReadyAsync(service, mayWait: Stopwatch.GetElapsedTime(started) < _patience, cancellationToken))
        {
            await Task.Delay(PauseBetweenAttempts, cancellationToken);
        }
        await service.CheckShapesAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public IInference Create(Model model, VariantOptions options) => new RemoteInference(Service(model, options), model);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private RemoteService Service(Model model, VariantOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        return new RemoteService(_http, model, options);
    }

    private static async Task<bool> IsReadyAsync(RemoteService service, bool mayWait, CancellationToken cancellationToken)
    {
        try
        {
            await service.CheckReadyAsync(cancellationToken);
            return true;
        }
        catch (RemoteInferenceException error) when (mayWait && MayPass(error.StatusCode))
        {
            return false;
        }
    }

    /// <summary>A service that starts does not listen yet, or refuses; 400 is what Triton answers for a model that it still loads.</summary>
    private static bool MayPass(HttpStatusCode? status) =>
        status is null or HttpStatusCode.BadRequest or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
}
