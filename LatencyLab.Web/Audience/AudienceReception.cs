using LatencyLab.Inference.Imaging;
using LatencyLab.Web.Comparisons;

namespace LatencyLab.Web.Audience;

/// <summary>Looks a photo over before it may wait: it is decoded once, for the presenter's preview.</summary>
internal sealed class AudienceReception(AudienceDoor door, IImageDecoder decoder) : IDisposable
{
    private const int PreviewSidePx = 480;

    /// <summary>Previews are made one at a time: meanwhile a demo is being measured on the same processor.</summary>
    private readonly SemaphoreSlim _looking = new(1);

    /// <summary>Makes the preview and lets the photo wait for the presenter.</summary>
    /// <exception cref="AudienceRefusedException">The code is wrong by now, or too many photos wait.</exception>
    /// <exception cref="ImageRejectedException">It is no usable picture.</exception>
    public async Task<AudienceStatus> ReceiveAsync(string? code, StoredImage image, CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        byte[] preview;
        try
        {
            door.RefuseUnlessOpen(code);
            preview = await Task.Run(() => ImagePreview.Create(decoder, image.Encoded, PreviewSidePx), cancellationToken);
        }
        finally
        {
            _looking.Release();
        }
        return door.Submit(code, image.Facts, image.Encoded, preview);
    }

    public void Dispose() => _looking.Dispose();
}
