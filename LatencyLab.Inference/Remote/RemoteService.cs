using System.Globalization;
using System.Net;
using System.Text.Json;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Remote;

/// <summary>One model on one service: its addresses, and one clear exception for all that can go wrong on the way.</summary>
internal sealed class RemoteService
{
    private readonly HttpClient _http;
    private readonly Model _model;
    private readonly Uri _serviceReady;
    private readonly Uri _metadata;
    private readonly Uri _modelReady;
    private readonly Uri _infer;

    public RemoteService(HttpClient http, Model model, VariantOptions options)
    {
        ArgumentNullException.ThrowIfNull(options.Remote);
        _http = http;
        _model = model;
        (var service, _metadata) = RemoteAddress.Of(options.Remote, model.Id, options.RemoteVersion);
        _serviceReady = new Uri(service, "health/ready");
        _modelReady = new Uri(_metadata.AbsoluteUri + "/ready");
        _infer = new Uri(_metadata.AbsoluteUri + "/infer");
    }

    /// <summary>Asks whether the service and the model are ready.</summary>
    public async Task CheckReadyAsync(CancellationToken cancellationToken)
    {
        (await GetAsync(_serviceReady, cancellationToken)).Dispose();
        (await GetAsync(_modelReady, cancellationToken)).Dispose();
    }

    /// <summary>Asks whether the model has the inputs and outputs that its card describes.</summary>
    public async Task CheckShapesAsync(CancellationToken cancellationToken)
    {
        using var response = await GetAsync(_metadata, cancellationToken);
        try
        {
            using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            RemoteMetadata.Check(json.RootElement, _model);
        }
        catch (InvalidDataException error)
        {
            throw Wrong(_metadata, error);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw Wrong(_metadata, new InvalidDataException("something that is not the protocol's JSON", error));
        }
    }

    /// <summary>Sends a request and waits, on this thread, for the whole answer.</summary>
    /// <param name="content">The request; it stays the caller's.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public HttpResponseMessage Infer(HttpContent content, CancellationToken cancellationToken)
    {
        // Never disposed: that would dispose the content, which the next request sends again.
        var request = new HttpRequestMessage(HttpMethod.Post, _infer) { Content = content };
        try
        {
            return Accepted(_infer, _http.Send(request, HttpCompletionOption.ResponseContentRead, cancellationToken));
        }
        catch (Exception error) when (Explain(_infer, error, cancellationToken) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>The exception for an answer that is not one to the request.</summary>
    public RemoteInferenceException WrongAnswer(InvalidDataException error) => Wrong(_infer, error);

    private RemoteInferenceException Wrong(Uri address, InvalidDataException error) => new(
        $"{address} answered with {error.Message}. Deploy there the model that {_model.CardPath} describes.", innerException: error);

    private async Task<HttpResponseMessage> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            return Accepted(address, await _http.GetAsync(address, cancellationToken));
        }
        catch (Exception error) when (Explain(address, error, cancellationToken) is { } explained)
        {
            throw explained;
        }
    }

    private static HttpResponseMessage Accepted(Uri address, HttpResponseMessage response)
    {
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return response;
        }
        using (response)
        {
            throw new RemoteInferenceException(
                $"{address} answered {(int)response.StatusCode}{RemoteError.Of(response)}. {RemoteError.Advice(response.StatusCode)}",
                response.StatusCode);
        }
    }

    /// <summary>What to throw instead; null for what must pass as it is.</summary>
    private RemoteInferenceException? Explain(Uri address, Exception error, CancellationToken cancellationToken) => error switch
    {
        RemoteInferenceException => null,
        OperationCanceledException when cancellationToken.IsCancellationRequested => null,
        OperationCanceledException => new RemoteInferenceException(
            string.Create(CultureInfo.InvariantCulture, $"{address} did not answer within {_http.Timeout.TotalSeconds:0.##} s. ")
            + "Check that the service is not overloaded, or raise LatencyLab:Remote:TimeoutSeconds.",
            innerException: error),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } =>
            new RemoteInferenceException(
                $"{address} cannot be reached: {error.Message.TrimEnd('.')}. Start the service, or correct the variant's `Remote`.",
                innerException: error),
        HttpRequestException or IOException => new RemoteInferenceException(
            $"{address} broke off its answer or sent none that is HTTP/1.1. "
            + "Check the service and what lies between, and the variant's `Remote`.",
            innerException: error),
        _ => null,
    };
}
