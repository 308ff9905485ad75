using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace LatencyLab.Web.Api;

/// <summary>
/// An archive of labelled pictures that is uploaded: streamed to a file, never into memory. Multipart with the file <c>data</c> and options
/// as fields, or the raw archive as the body with options in the query.
/// </summary>
internal sealed class EvaluationUpload
{
    private const int MaxOptionLength = 4096;
    private const int MaxParts = 32;
    private const int ChunkBytes = 128 * 1024;
    private const string Field = "data";

    private readonly Stream _file;
    private readonly long _maxBytes;
    private readonly Dictionary<string, string> _options = new(StringComparer.OrdinalIgnoreCase);
    private string? _fileName;

    private EvaluationUpload(Stream file, long maxBytes) => (_file, _maxBytes) = (file, maxBytes);

    /// <summary>The archive's name.</summary>
    public string FileName => _fileName ?? Option("name") ?? "pictures.zip";

    /// <summary>Receives an upload.</summary>
    /// <param name="request">The request.</param>
    /// <param name="file">Gets the archive; the caller's.</param>
    /// <param name="maxBytes">The largest archive.</param>
    /// <exception cref="ApiException">It is missing, too large, or not as described.</exception>
    public static async Task<EvaluationUpload> ReceiveAsync(HttpRequest request, Stream file, long maxBytes)
    {
        // The server's own limit is made for pictures. What is read is counted here.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
        var upload = new EvaluationUpload(file, maxBytes);
        if (request.ContentLength > maxBytes + MaxParts * MaxOptionLength)
        {
            throw upload.TooLarge();
        }
        foreach (var (key, value) in request.Query)
        {
            upload._options[key] = value.ToString();
        }
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType == "multipart/form-data")
        {
            await upload.ReadPartsAsync(type, request);
        }
        else
        {
            await upload.KeepAsync(request.Body, request.HttpContext.RequestAborted);
        }
        return file.Length > 0 ? upload : throw new ApiException(
            Problems.DataMissing, $"Send a zip archive with one folder of pictures a class as the multipart field `{Field}`, or as the raw body.");
    }

    /// <summary>An option from the form or the query; null where absent.</summary>
    public string? Option(string name) => _options.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>Whether an option that is either true or false is true.</summary>
    /// <exception cref="ApiException">It is neither.</exception>
    public bool IsSet(string name) => Option(name) is { } text && (bool.TryParse(text, out var value)
        ? value
        : throw new ApiException(Problems.BadOption, $"`{name}` must be true or false, not `{text}`."));

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
            switch (disposition?.Name?.Trim('"'))
            {
                case Field:
                    var name = (disposition.FileNameStar ?? disposition.FileName)?.Trim('"');
                    _fileName = string.IsNullOrEmpty(name) ? null : PictureReader.CleanName(name);
                    await KeepAsync(section.Body, cancellationToken);
                    break;
                case { Length: > 0 } option:
                    _options[option] = await ReadOptionAsync(section.Body, option, cancellationToken);
                    break;
            }
        }
    }

    private async Task KeepAsync(Stream body, CancellationToken cancellationToken)
    {
        // The last archive of several counts.
        _file.SetLength(0);
        var chunk = new byte[ChunkBytes];
        for (int read; (read = await body.ReadAsync(chunk, cancellationToken)) > 0;)
        {
            if (_file.Length + read > _maxBytes)
            {
                throw TooLarge();
            }
            await _file.WriteAsync(chunk.AsMemory(0, read), cancellationToken);
        }
        await _file.FlushAsync(cancellationToken);
    }

    private static async Task<string> ReadOptionAsync(Stream body, string option, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(body);
        var text = new char[MaxOptionLength + 1];
        var length = await reader.ReadBlockAsync(text, cancellationToken);
        return length <= MaxOptionLength ? new string(text, 0, length) : throw new ApiException(
            Problems.BadOption, $"`{PictureReader.CleanName(option)}` is too long.");
    }

    private ApiException TooLarge() => new(Problems.DataTooLarge, FormattableString.Invariant(
        $"The archive is larger than {_maxBytes / 1e6:0} MB. Send fewer pictures; the operator may raise LatencyLab:Web:EvaluationUploadBytes."));
}
