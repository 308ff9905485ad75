namespace LatencyLab.Inference.Runtime.Vips;

/// <summary>A lazy picture and the few operations on it that decoding needs. Each operation returns a new picture.</summary>
internal sealed class VipsImage : IDisposable
{
    private static readonly double[] White = [255, 255, 255];

    private readonly VipsImageHandle _handle;

    private VipsImage(VipsImageHandle handle) => _handle = handle;

    public int WidthPx => VipsNative.GetWidth(_handle);

    public int HeightPx => VipsNative.GetHeight(_handle);

    public int Bands => VipsNative.GetBands(_handle);

    public VipsBandFormat Format => (VipsBandFormat)VipsNative.GetFormat(_handle);

    public VipsInterpretation Interpretation => (VipsInterpretation)VipsNative.GetInterpretation(_handle);

    /// <summary>EXIF orientation, 1 to 8; 1 is upright.</summary>
    public int Orientation => VipsNative.GetOrientation(_handle);

    public bool HasAlpha => VipsNative.HasAlpha(_handle) != 0;

    /// <summary>Whether the file brought a colour profile.</summary>
    public bool HasProfile => VipsNative.GetFieldType(_handle, "icc-profile-data"u8) != 0;

    /// <summary>Reads the header; pixels follow on demand.</summary>
    /// <param name="loader">Name of the loader, for instance <c>jpegload_buffer</c>.</param>
    /// <param name="source">Stays undisposed until the pixels are out.</param>
    /// <param name="failOn">From which fault on loading fails.</param>
    /// <param name="inMemory">Decode all at the first pixel, for operations that do not read from top to bottom.</param>
    /// <param name="shrink">1, 2, 4 or 8; other than 1 for JPEG only.</param>
    /// <exception cref="VipsException">The header makes no sense.</exception>
    public static VipsImage Load(ReadOnlySpan<byte> loader, VipsSource source, VipsFailOn failOn, bool inMemory, int shrink = 1)
    {
        using var operation = new VipsOperation(loader).Set("buffer"u8, source).Set("fail_on"u8, (int)failOn);
        if (inMemory)
        {
            operation.Set("memory"u8, true);
        }
        else
        {
            const int sequential = 1;
            operation.Set("access"u8, sequential);
        }

        if (shrink != 1)
        {
            operation.Set("shrink"u8, shrink);
        }

        return new VipsImage(operation.Build());
    }

    /// <summary>Turns the picture upright by its EXIF orientation; the picture must be loaded in memory.</summary>
    public VipsImage Upright() => new(new VipsOperation("autorot"u8).Set("in"u8, _handle).Build());

    /// <summary>Converts to sRGB by the interpretation alone: 8 bits a band, grey replicated, alpha kept.</summary>
    public VipsImage ToSrgb() =>
        new(new VipsOperation("colourspace"u8).Set("in"u8, _handle).Set("space"u8, (int)VipsInterpretation.Srgb).Build());

    /// <summary>Converts CMYK to sRGB by the embedded colour profile.</summary>
    /// <exception cref="VipsException">There is no profile, or it is broken.</exception>
    public VipsImage ByEmbeddedProfile() =>
        new(new VipsOperation("icc_transform"u8)
            .Set("in"u8, _handle)
            .Set("output_profile"u8, "srgb"u8)
            .Set("embedded"u8, true)
            .Build());

    /// <summary>Blends transparent parts with white and drops the alpha band.</summary>
    public VipsImage OnWhite() => new(new VipsOperation("flatten"u8).Set("in"u8, _handle).Set("background"u8, White).Build());

    /// <summary>Another reference to the same picture, so that every step of a chain can be disposed alike.</summary>
    public VipsImage Same()
    {
        var counted = false;
        _handle.DangerousAddRef(ref counted);
        try
        {
            return new VipsImage(new VipsImageHandle(GObjectNative.Ref(_handle.DangerousGetHandle())));
        }
        finally
        {
            _handle.DangerousRelease();
        }
    }

    /// <summary>Computes all pixels, rows packed top to bottom.</summary>
    /// <exception cref="VipsException">The data are truncated or corrupt.</exception>
    public VipsPixels WritePixels()
    {
        var memory = VipsNative.WriteToMemory(_handle, out var lengthBytes);
        return memory == 0 ? throw VipsException.FromErrorBuffer("compute the pixels") : new VipsPixels(memory, checked((int)lengthBytes));
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
