using LatencyLab.Inference.Imaging;

namespace LatencyLab.Web.Components.Picture;

/// <summary>The picture that is compared.</summary>
/// <param name="ImageId">What the server knows it by: an upload's id, or a sample's file name.</param>
/// <param name="Name">For display.</param>
/// <param name="PreviewUrl">Where the browser gets a preview.</param>
/// <param name="Facts">Size and format; null for a sample until it was compared.</param>
/// <param name="UploadMs">How long it took to reach the server, measured in the browser; 0 for a sample.</param>
public sealed record PictureChoice(string ImageId, string Name, string PreviewUrl, ImageFacts? Facts, double UploadMs)
{
    /// <summary>A picture that the server already has.</summary>
    public static PictureChoice Of(Sample sample) => new(sample.File, sample.Title, sample.Url, null, 0);

    /// <summary>A picture that has just arrived.</summary>
    public static PictureChoice Of(UploadedPicture picture, double uploadMs) =>
        new(picture.ImageId, picture.Name, $"api/images/{Uri.EscapeDataString(picture.ImageId)}/preview",
            new ImageFacts(picture.Name, picture.Format, picture.WidthPx, picture.HeightPx, picture.SizeBytes, picture.Sha256), uploadMs);
}

/// <summary>What <c>POST /api/images</c> answers.</summary>
public sealed record UploadedPicture(string ImageId, string Name, string Format, int WidthPx, int HeightPx, long SizeBytes, string Sha256);
