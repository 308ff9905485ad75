using System.Text;
using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Jobs;
using LatencyLab.Web.Comparisons;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace LatencyLab.Web.Api;

/// <summary>
/// The calibration pictures of a request, and its other fields. The form is read part by part, so that what is too large or no picture is
/// refused before the rest arrives; pictures stay in memory.
/// </summary>
internal sealed class CalibrationUpload(IImageDecoder decoder, IOptions<LatencyLabOptions> options, IOptions<WebLimits> limits)
{
    /// <summary>What a part's headers and boundary add.</summary>
    private const int PartOverheadBytes = 1_000;

    // Room for the names of some hundred layers.
    private const int MaxFieldBytes = 10_000;

    /// <summary>Reads the form, if there is one. The values of a field that comes several times are joined by commas.</summary>
    /// <exception cref="ApiException">There are too many pictures, or they are too large.</exception>
    /// <exception cref="ImageRejectedException">One is no usable picture; the message names it.</exception>
    public async Task<(IReadOnlyList<EncodedPicture> Pictures, IReadOnlyDictionary<string, string> Fields)> ReadAsync(HttpRequest request)
    {
        var pictures = new List<EncodedPicture>();
        var fields = new Dictionary<string, string>();
        if (BoundaryOf(request) is not { } boundary)
        {
            return (pictures, fields);
        }
        var left = limits.Value.CalibrationUploadBytes;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = left + (QuantizeSettings.MaxSentPictures + 20) * PartOverheadBytes;
        }
        var reader = new MultipartReader(boundary, request.Body);
        while (await reader.ReadNextSectionAsync(request.HttpContext.RequestAborted) is { } section)
        {
            if (section.AsFileSection() is { FileStream: { } stream } file)
            {
                var picture = new EncodedPicture(
                    PictureReader.NameOf(file.FileName), await ReadAsync(stream, Math.Min(left, options.Value.ImageLimits.MaxSizeBytes), file.FileName, request));
                // A form sends an empty file for an input in which none was chosen.
                if (picture.Encoded.Length > 0)
                {
                    left -= picture.Encoded.Length;
                    pictures.Add(Checked(picture, pictures.Count));
                }
            }
            else if (section.AsFormDataSection() is { } field)
            {
                var value = Encoding.UTF8.GetString(await ReadAsync(section.Body, MaxFieldBytes, field.Name, request));
                fields[field.Name] = fields.TryGetValue(field.Name, out var before) ? $"{before},{value}" : value;
            }
        }
        return (pictures, fields);
    }

    private static string? BoundaryOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        return HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 } boundary
            ? boundary
            : throw new ApiException(Problems.BadOption, "The form has no boundary. Let your HTTP client write the Content-Type itself.");
    }

    private EncodedPicture Checked(EncodedPicture picture, int before)
    {
        if (before >= QuantizeSettings.MaxSentPictures)
        {
            throw new ApiException(Problems.BadOption, $"Send {QuantizeSettings.MaxSentPictures} calibration pictures at most.");
        }
        try
        {
            ImageFactsReader.Read(decoder, picture.Encoded, picture.Name);
            return picture;
        }
        catch (ImageRejectedException rejected)
        {
            throw new ApiException(Problems.Of(rejected.Reason), $"{picture.Name}: {rejected.Message}");
        }
    }

    private static async Task<byte[]> ReadAsync(Stream stream, long limit, string name, HttpRequest request)
    {
        using var memory = new MemoryStream();
        var chunk = new byte[64 * 1024];
        for (int read; (read = await stream.ReadAsync(chunk, request.HttpContext.RequestAborted)) > 0;)
        {
            memory.Write(chunk, 0, read);
            if (memory.Length > limit)
            {
                throw new ApiException(
                    Problems.TooLarge, $"With {PictureReader.NameOf(name)} the form is too large. Send fewer or smaller pictures; the model sees them small.");
            }
        }
        return memory.ToArray();
    }
}
