namespace LatencyLab.Web.Api;

/// <summary>An archive of labelled pictures that is uploaded: the file <c>data</c>, or the body.</summary>
internal sealed class EvaluationUpload : StreamedUpload
{
    private const string Field = "data";

    private readonly Stream _file;
    private readonly long _maxBytes;
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
        var upload = new EvaluationUpload(file, maxBytes);
        await upload.ReceiveAsync(request, maxBytes + MaxOptionsBytes);
        return file.Length > 0 ? upload : throw new ApiException(
            Problems.DataMissing, $"Send a zip archive with one folder of pictures a class as the multipart field `{Field}`, or as the raw body.");
    }

    /// <summary>Whether an option that is either true or false is true.</summary>
    /// <exception cref="ApiException">It is neither.</exception>
    public bool IsSet(string name) => JobOptions.ReadFlag(name, Option(name));

    /// <inheritdoc/>
    protected override Task TakeBodyAsync(Stream body, CancellationToken cancellationToken) => CopyAsync(body, _file, _maxBytes, cancellationToken);

    /// <inheritdoc/>
    protected override async Task<bool> TakeFileAsync(string field, string? fileName, Stream body, CancellationToken cancellationToken)
    {
        if (field != Field)
        {
            return false;
        }
        _fileName = fileName;
        // The last archive of several counts.
        _file.SetLength(0);
        await CopyAsync(body, _file, _maxBytes, cancellationToken);
        return true;
    }

    /// <inheritdoc/>
    protected override ApiException TooLarge() => new(Problems.DataTooLarge, FormattableString.Invariant(
        $"The archive is larger than {_maxBytes / 1e6:0} MB. Send fewer pictures; the operator may raise LatencyLab:Web:EvaluationUploadBytes."));
}
