using System.Globalization;
using System.Net.Http.Headers;
using LatencyLab.Inference.Models.Import;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace LatencyLab.Web.Api;

/// <summary>
/// A model that is uploaded: streamed to a file that nobody else sees, never into memory. Multipart with the file <c>model</c>, perhaps
/// the file <c>labels</c>, and options as fields; or the raw file as the body with options in the query.
/// </summary>
internal sealed class ModelUpload
{
    private const int MaxOptionLength = 4096;
    private const int MaxParts = 32;
    private const long MaxLabelsBytes = 50_000_000;
    private const int ChunkBytes = 128 * 1024;

    private readonly StagingFolder _folder;
    private readonly long _maxBytes;
    private readonly Dictionary<string, string> _options = new(StringComparer.OrdinalIgnoreCase);
    private string? _fileName;
    private string? _modelPath;
    private string? _labelsPath;

    private ModelUpload(StagingFolder folder, long maxBytes) => (_folder, _maxBytes) = (folder, maxBytes);

    /// <summary>The uploaded file.</summary>
    public string ModelPath => _modelPath ?? throw new ApiException(
        Problems.ModelMissing, "Send the ONNX file as the multipart field `model`, or as the raw body.");

    /// <summary>What came with it.</summary>
    public ImportOptions Options => new()
    {
        Id = Option("id"),
        Title = Option("title"),
        FileName = _fileName ?? Option("name") ?? "model.onnx",
        LabelsPath = _labelsPath,
        SizePx = Number("size"),
        ShortSidePx = Number("shortSide"),
        Resize = Option("resize"),
        Mean = Numbers("mean"),
        Std = Numbers("std"),
        Output = Option("output"),
        License = Option("license"),
    };

    /// <summary>Receives an upload.</summary>
    /// <param name="request">The request.</param>
    /// <param name="folder">Where to put the files; the caller removes it.</param>
    /// <param name="maxBytes">The largest model.</param>
    /// <exception cref="ApiException">It is too large, or not as described.</exception>
    public static async Task<ModelUpload> ReceiveAsync(HttpRequest request, StagingFolder folder, long maxBytes)
    {
        // The server's own limit is made for pictures. What is read is counted here.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
        var upload = new ModelUpload(folder, maxBytes);
        if (request.ContentLength > maxBytes + MaxLabelsBytes)
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
            await upload.KeepModelAsync(request.Body, null, request.HttpContext.RequestAborted);
        }
        return upload;
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
            switch (disposition?.Name?.Trim('"'))
            {
                case "model":
                    await KeepModelAsync(section.Body, CleanName((disposition.FileNameStar ?? disposition.FileName)?.Trim('"')), cancellationToken);
                    break;
                case "labels":
                    var path = _folder.PathOf("labels.txt");
                    // A browser sends the field even where nobody chose a file: empty and without a name.
                    if (await KeepAsync(section.Body, path, MaxLabelsBytes, cancellationToken) > 0 || CleanName(disposition.FileName?.Trim('"')) is not null)
                    {
                        _labelsPath = path;
                    }
                    break;
                case { Length: > 0 } option:
                    _options[option] = await ReadOptionAsync(section.Body, option, cancellationToken);
                    break;
            }
        }
    }

    private async Task KeepModelAsync(Stream body, string? fileName, CancellationToken cancellationToken)
    {
        var path = _folder.PathOf("model.onnx");
        _fileName = fileName;
        if (await KeepAsync(body, path, _maxBytes, cancellationToken) > 0)
        {
            _modelPath = path;
        }
    }

    private async Task<long> KeepAsync(Stream body, string path, long maxBytes, CancellationToken cancellationToken)
    {
        await using var file = File.Create(path);
        var chunk = new byte[ChunkBytes];
        for (int read; (read = await body.ReadAsync(chunk, cancellationToken)) > 0;)
        {
            if (file.Length + read > maxBytes)
            {
                throw TooLarge();
            }
            await file.WriteAsync(chunk.AsMemory(0, read), cancellationToken);
        }
        return file.Length;
    }

    private static async Task<string> ReadOptionAsync(Stream body, string option, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(body);
        var text = new char[MaxOptionLength + 1];
        var length = await reader.ReadBlockAsync(text, cancellationToken);
        return length <= MaxOptionLength ? new string(text, 0, length) : throw new ApiException(
            Problems.BadOption,
            $"`{CleanName(option)}` is too long.");
    }

    private ApiException TooLarge() => new(Problems.ModelTooLarge, FormattableString.Invariant(
        $"The model is larger than {_maxBytes / 1e6:0} MB. The operator may raise LatencyLab:ImportLimits:MaxSizeBytes."));

    private string? Option(string name) => _options.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private int? Number(string name) => Option(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
        : throw new ApiException(Problems.BadOption, $"`{name}` must be a whole number, not `{text}`.");

    private float[]? Numbers(string name) => Option(name) is not { } text ? null
        : [.. text.Split(',').Select(part => float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
            : throw new ApiException(Problems.BadOption, $"`{name}` must be three numbers with commas between them, not `{text}`."))];

    /// <summary>For display only: the last part of the sender's name, without control characters.</summary>
    private static string? CleanName(string? name)
    {
        var clean = string.Concat((name ?? "").Split('/', '\\')[^1].Where(character => !char.IsControl(character)));
        return clean.Length == 0 ? null : clean[..Math.Min(clean.Length, 100)];
    }
}
