using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace LatencyLab.Web.Api;

/// <summary>
/// An upload that goes to files as it arrives and never into memory: multipart with files and options as fields, or the raw file as the body
/// with options in the query. What is read is counted.
/// </summary>
internal abstract class StreamedUpload
{
    private const int MaxOptionLength = 4096;
    private const int MaxParts = 32;
    private const int ChunkBytes = 128 * 1024;

    /// <summary>What all options and their frame may take at most.</summary>
    protected const long MaxOptionsBytes = MaxParts * MaxOptionLength;

    private readonly Dictionary<string, string> _options = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>An option from the form or the query; null where absent.</summary>
    public string? Option(string name) => _options.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>Receives an upload.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The largest request; more is refused before it is read.</param>
    /// <exception cref="ApiException">It is too large, or not as described.</exception>
    protected async Task ReceiveAsync(HttpRequest request, long maxBytes)
    {
        // The server's own limit is made for pictures.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
        if (request.ContentLength > maxBytes)
        {
            throw TooLarge();
        }
        foreach (var (key, value) in request.Query)
        {
            _options[key] = value.ToString();
        }
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType == "multipart/form-data")
        {
            await ReadPartsAsync(type, request);
        }
        else
        {
            await TakeBodyAsync(request.Body, request.HttpContext.RequestAborted);
        }
    }

    /// <summary>Takes the file that is the whole body.</summary>
    protected abstract Task TakeBodyAsync(Stream body, CancellationToken cancellationToken);

    /// <summary>Takes a file of the form.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="fileName">The sender's name of the file; null where it has none.</param>
    /// <param name="body">The file.</param>
    /// <param name="cancellationToken">The request was given up.</param>
    /// <returns>False where the field is no file but an option.</returns>
    protected abstract Task<bool> TakeFileAsync(string field, string? fileName, Stream body, CancellationToken cancellationToken);

    /// <summary>What to answer to an upload that is too large; names the limit and its key.</summary>
    protected abstract ApiException TooLarge();

    /// <summary>Copies a file, and no more of it than is allowed.</summary>
    /// <exception cref="ApiException">It is larger.</exception>
    protected async Task CopyAsync(Stream body, Stream file, long maxBytes, CancellationToken cancellationToken)
    {
        var chunk = new byte[ChunkBytes];
        for (int read; (read = await body.ReadAsync(chunk, cancellationToken)) > 0;)
        {
            if (file.Length + read > maxBytes)
            {
                throw TooLarge();
            }
            await file.WriteAsync(chunk.AsMemory(0, read), cancellationToken);
        }
        await file.FlushAsync(cancellationToken);
    }

    private async Task ReadPartsAsync(MediaTypeHeaderValue type, HttpRequest request)
    {
        var cancellationToken = request.HttpContext.RequestAborted;
        var boundary = type.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase))?.Value?.Trim('"');
        if (string.IsNullOrEmpty(boundary))
        {
            throw new ApiException(Problems.BadOption, "The multipart request names no boundary.");
        }
        var reader = new MultipartReader(boundary, request.Body);
        for (var parts = 0; await reader.ReadNextSectionAsync(cancellationToken) is { } section; parts++)
        {
            if (parts == MaxParts)
            {
                throw new ApiException(Problems.BadOption, $"The request has more than {MaxParts} parts.");
            }
            var disposition = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var parsed) ? parsed : null;
            if (disposition?.Name?.Trim('"') is { Length: > 0 } field
                && !await TakeFileAsync(field, SenderName.Of(disposition.FileNameStar ?? disposition.FileName), section.Body, cancellationToken))
            {
                _options[field] = await ReadOptionAsync(section.Body, field, cancellationToken);
            }
        }
    }

    private static async Task<string> ReadOptionAsync(Stream body, string option, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(body);
        var text = new char[MaxOptionLength + 1];
        var length = await reader.ReadBlockAsync(text, cancellationToken);
        return length <= MaxOptionLength ? new string(text, 0, length) : throw new ApiException(Problems.BadOption, $"`{SenderName.Of(option)}` is too long.");
    }
}
