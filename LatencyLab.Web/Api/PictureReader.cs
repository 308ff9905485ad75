using System.Text;
using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Imaging;
using LatencyLab.Web.Comparisons;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Api;

/// <summary>
/// The picture of a request, in whichever way it came: multipart field <c>image</c>, the raw body, or <c>imageId</c> as a query or form
/// value. Options likewise are query or form values.
/// </summary>
internal sealed class PictureReader(
    ComparisonService comparisons, IImageDecoder decoder, BrowserForgery forgery, IOptions<LatencyLabOptions> options)
{
    private const string Field = "image";
    private const string IdField = "imageId";

    /// <summary>Reads the picture and checks its header.</summary>
    /// <exception cref="ApiException">There is no picture, or it is too large.</exception>
    /// <exception cref="ImageRejectedException">It is no usable picture.</exception>
    /// <exception cref="KeyNotFoundException">The picture of the identifier has expired.</exception>
    public async Task<StoredImage> ReadAsync(HttpRequest request)
    {
        var body = await ReadFormAsync(request);
        await forgery.RefuseWithoutTokenAsync(request);
        var id = Option(request, IdField);
        if (id is not null)
        {
            return comparisons.FindStored(id) ?? throw new KeyNotFoundException($"There is no picture `{id}`; pictures are kept for a limited time. Send it again.");
        }
        var (encoded, name) = IsMultipart(request) ? await FromFormAsync(request) : FromBody(request, body);
        return new StoredImage(ImageFactsReader.Read(decoder, encoded, name), encoded);
    }

    /// <summary>An option of the request, from the query or the form; null where absent.</summary>
    public static string? Option(HttpRequest request, string name)
    {
        var value = request.Query[name].FirstOrDefault() ?? (request.HasFormContentType ? request.Form[name].FirstOrDefault() : null);
        return string.IsNullOrWhiteSpace(value) ? null : value;
    }

    private async Task<(byte[] Encoded, string Name)> FromFormAsync(HttpRequest request)
    {
        var file = request.Form.Files.GetFile(Field) ?? throw new ApiException(
            Problems.PictureMissing, $"Send the picture as the multipart field `{Field}`, as the raw body, or name an uploaded one by `{IdField}`.");
        return (await ReadAllAsync(file.OpenReadStream(), file.Length, request.HttpContext.RequestAborted), NameOf(file.FileName));
    }

    /// <summary>Reads the form, so that options are at hand, or the raw body, which is returned.</summary>
    private async Task<byte[]> ReadFormAsync(HttpRequest request)
    {
        if (IsMultipart(request))
        {
            await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return [];
        }
        var body = await ReadAllAsync(request.Body, request.ContentLength, request.HttpContext.RequestAborted);
        if (!request.HasFormContentType)
        {
            return body;
        }
        // Some programs, curl among them, call whatever they send a form: a picture's first bytes are no text.
        var isText = body.AsSpan(0, Math.Min(body.Length, 32)).IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E) < 0;
        request.Form = isText ? new FormCollection(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body))) : FormCollection.Empty;
        return isText ? [] : body;
    }

    private static bool IsMultipart(HttpRequest request) =>
        request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true;

    private static (byte[] Encoded, string Name) FromBody(HttpRequest request, byte[] encoded)
    {
        return encoded.Length > 0 ? (encoded, NameOf(Option(request, "name"))) : throw new ApiException(
            Problems.PictureMissing, $"Send the picture as the multipart field `{Field}`, as the raw body, or name an uploaded one by `{IdField}`.");
    }

    private async Task<byte[]> ReadAllAsync(Stream stream, long? length, CancellationToken cancellationToken)
    {
        var limit = options.Value.ImageLimits.MaxSizeBytes;
        if (length > limit)
        {
            throw TooLarge(limit);
        }
        if (length is { } known)
        {
            var exact = new byte[known];
            await stream.ReadExactlyAsync(exact, cancellationToken);
            return exact;
        }
        using var memory = new MemoryStream();
        var chunk = new byte[64 * 1024];
        for (int read; (read = await stream.ReadAsync(chunk, cancellationToken)) > 0;)
        {
            memory.Write(chunk, 0, read);
            if (memory.Length > limit)
            {
                throw TooLarge(limit);
            }
        }
        return memory.ToArray();
    }

    private static ApiException TooLarge(long limit) => new(
        Problems.TooLarge, FormattableString.Invariant($"The file is larger than {limit / 1e6:0.#} MB. Save the picture smaller or with stronger compression."));

    /// <summary>The sender's name of a picture, for display only.</summary>
    public static string NameOf(string? name) => SenderName.Of(name) ?? "picture";
}
