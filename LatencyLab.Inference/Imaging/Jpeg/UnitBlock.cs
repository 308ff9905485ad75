namespace LatencyLab.Inference.Imaging.Jpeg;

/// <summary>A block's place in every coded unit, and the pixels that it gives at an eighth of the size.</summary>
internal sealed class UnitBlock
{
    // The mean of the first cosine over half a block, times the transform's factor for none, one and two such directions, in 1/65536.
    private const long Mean = 8192;
    private const long Beside = 7423;
    private const long Diagonal = 6726;
    private const long Half = 1 << 15;

    private readonly byte[] _plane;
    private readonly int[] _steps;
    private readonly int _place;
    private readonly int _perRow;
    private readonly int _perColumn;
    private readonly int _stride;
    private readonly (int X, int Y) _spread;

    public UnitBlock(JpegFrame frame, int index, byte[] plane, int x, int y)
    {
        var (luma, component) = (frame.Components[0], frame.Components[index]);
        _plane = plane;
        _steps = [.. component.Steps];
        _stride = frame.PlaneStride;
        _place = (y * _stride) + x;
        (_perRow, _perColumn) = (luma.Down * _stride, luma.Across);
        _spread = (luma.Across / component.Across, luma.Down / component.Down);
        Component = index;
        HasQuarters = _spread != (1, 1);
        Dc = component.Dc.Means;
        Ac = component.Ac.Skipping;
    }

    /// <summary>Index of the component.</summary>
    public int Component { get; }

    public MeanTable Dc { get; }

    public SkippingTable Ac { get; }

    /// <summary>Whether the block covers more than one pixel of the planes.</summary>
    public bool HasQuarters { get; }

    /// <summary>Sets the pixel of a block that covers one.</summary>
    /// <param name="row">Row of the coded unit.</param>
    /// <param name="column">Column of the coded unit.</param>
    /// <param name="mean">The first coefficient, in steps.</param>
    public void Set(int row, int column, int mean) =>
        _plane[Corner(row, column)] = (byte)Math.Clamp((((mean * _steps[0]) + 4) >> 3) + 128, 0, 255);

    /// <summary>Sets the two or four pixels of a block.</summary>
    /// <param name="row">Row of the coded unit.</param>
    /// <param name="column">Column of the coded unit.</param>
    /// <param name="first">The first five coefficients in zigzag order, in steps.</param>
    public void SetQuarters(int row, int column, ReadOnlySpan<int> first)
    {
        var mean = (long)first[0] * _steps[0] * Mean;
        var right = _spread.X == 2 ? (long)first[1] * _steps[1] * Beside : 0;
        var below = _spread.Y == 2 ? (long)first[2] * _steps[2] * Beside : 0;
        var across = _spread == (2, 2) ? (long)first[4] * _steps[4] * Diagonal : 0;
        var corner = Corner(row, column);
        for (var y = 0; y < _spread.Y; y++)
        {
            for (var x = 0; x < _spread.X; x++)
            {
                var value = mean + (x == 0 ? right : -right) + (y == 0 ? below : -below) + (x == y ? across : -across);
                _plane[corner + (y * _stride) + x] = (byte)Math.Clamp(((value + Half) >> 16) + 128, 0, 255);
            }
        }
    }

    private int Corner(int row, int column) => (row * _perRow) + (column * _perColumn) + _place;
}
