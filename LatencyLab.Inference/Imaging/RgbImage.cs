namespace LatencyLab.Inference.Imaging;

/// <summary>Decoded pixels, 8 bits a channel, R G B interleaved, rows packed top to bottom. Dispose to free them.</summary>
public abstract class RgbImage : IDisposable
{
    /// <summary>Width in pixels.</summary>
    public abstract int WidthPx { get; }

    /// <summary>Height in pixels.</summary>
    public abstract int HeightPx { get; }

    /// <summary>Width x height x 3 bytes.</summary>
    /// <exception cref="ObjectDisposedException">The picture was disposed.</exception>
    public abstract ReadOnlySpan<byte> Pixels { get; }

    /// <summary>By how much the sides were divided in decoding: 1, 2, 4 or 8. The pixels are then means over squares of this side.</summary>
    public virtual int ScaleDivisor => 1;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the pixels.</summary>
    protected abstract void Dispose(bool disposing);
}
