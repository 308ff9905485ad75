using System.Globalization;
using LatencyLab.Inference.Models.Import;

namespace LatencyLab.Web.Api;

/// <summary>A model that is uploaded: the file <c>model</c>, perhaps with the file <c>labels</c>; or the body.</summary>
internal sealed class ModelUpload : StreamedUpload
{
    private const long MaxLabelsBytes = 50_000_000;

    private readonly StagingFolder _folder;
    private readonly long _maxBytes;
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
        var upload = new ModelUpload(folder, maxBytes);
        await upload.ReceiveAsync(request, maxBytes + MaxLabelsBytes + MaxOptionsBytes);
        return upload;
    }

    /// <inheritdoc/>
    protected override async Task TakeBodyAsync(Stream body, CancellationToken cancellationToken)
    {
        var path = _folder.PathOf("model.onnx");
        if (await KeepAsync(body, path, _maxBytes, cancellationToken) > 0)
        {
            _modelPath = path;
        }
    }

    /// <inheritdoc/>
    protected override async Task<bool> TakeFileAsync(string field, string? fileName, Stream body, CancellationToken cancellationToken)
    {
        switch (field)
        {
            case "model":
                _fileName = fileName;
                await TakeBodyAsync(body, cancellationToken);
                return true;
            case "labels":
                var path = _folder.PathOf("labels.txt");
                // A browser sends the field even where nobody chose a file: empty and without a name.
                if (await KeepAsync(body, path, MaxLabelsBytes, cancellationToken) > 0 || fileName is not null)
                {
                    _labelsPath = path;
                }
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    protected override ApiException TooLarge() => new(Problems.ModelTooLarge, FormattableString.Invariant(
        $"The model is larger than {_maxBytes / 1e6:0} MB. The operator may raise LatencyLab:ImportLimits:MaxSizeBytes."));

    private async Task<long> KeepAsync(Stream body, string path, long maxBytes, CancellationToken cancellationToken)
    {
        await using var file = File.Create(path);
        await CopyAsync(body, file, maxBytes, cancellationToken);
        return file.Length;
    }

    private int? Number(string name) => Option(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
        : throw new ApiException(Problems.BadOption, $"`{name}` must be a whole number, not `{text}`.");

    private float[]? Numbers(string name) => Option(name) is not { } text ? null
        : [.. text.Split(',').Select(part => float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
            : throw new ApiException(Problems.BadOption, $"`{name}` must be three numbers with commas between them, not `{text}`."))];
}
