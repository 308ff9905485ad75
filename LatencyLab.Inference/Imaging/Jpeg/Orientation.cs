namespace LatencyLab.Inference.Imaging.Jpeg;

/// <summary>Where the pixels of a stored picture lie in the upright one, by its EXIF orientation.</summary>
internal readonly struct Orientation
{
    private readonly int _origin;
    private readonly int _stepX;
    private readonly int _stepY;

    /// <param name="orientation">1 to 8; anything else counts as upright.</param>
    /// <param name="widthPx">Width as stored.</param>
    /// <param name="heightPx">Height as stored.</param>
    public Orientation(int orientation, int widthPx, int heightPx)
    {
        var swapped = orientation is >= 5 and <= 8;
        (UprightWidthPx, UprightHeightPx) = swapped ? (heightPx, widthPx) : (widthPx, heightPx);
        var (right, down) = (3, 3 * UprightWidthPx);
        (_stepX, _stepY) = orientation switch
        {
            2 => (-right, down),
            3 => (-right, -down),
            4 => (right, -down),
            5 => (down, right),
            6 => (down, -right),
            7 => (-down, -right),
            8 => (-down, right),
            _ => (right, down),
        };
        _origin = (_stepX < 0 ? -_stepX * (widthPx - 1) : 0) + (_stepY < 0 ? -_stepY * (heightPx - 1) : 0);
    }

    public int UprightWidthPx { get; }

    public int UprightHeightPx { get; }

    /// <summary>Offset in bytes of the upright picture's pixel.</summary>
    /// <param name="x">Column as stored.</param>
    /// <param name="y">Row as stored.</param>
    public int OffsetOf(int x, int y) => _origin + (x * _stepX) + (y * _stepY);
}
