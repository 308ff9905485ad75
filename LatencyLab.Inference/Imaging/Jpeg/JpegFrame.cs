namespace LatencyLab.Inference.Imaging.Jpeg;

/// <summary>What the headers of a plain JPEG say: one scan, sequential, 8 bits, Huffman-coded, grey or YCbCr.</summary>
internal sealed record JpegFrame
{
    public required int WidthPx { get; init; }

    public required int HeightPx { get; init; }

    /// <summary>One (grey) or three (Y, Cb, Cr) components, in the order of the scan.</summary>
    public required IReadOnlyList<JpegComponent> Components { get; init; }

    /// <summary>Coded units between two restart markers; 0 for none.</summary>
    public required int RestartInterval { get; init; }

    /// <summary>Pixels in a row of a plane at an eighth of the size, up to the last whole unit.</summary>
    public int PlaneStride => UnitsAcross * Components[0].Across;

    /// <summary>Pixels of such a plane.</summary>
    public int PlaneLength => PlaneStride * UnitsDown * Components[0].Down;

    /// <summary>Where the entropy-coded data begin.</summary>
    public required int ScanOffset { get; init; }

    /// <summary>Coded units (MCUs) in a row.</summary>
    public int UnitsAcross => RoundedUp(WidthPx, 8 * Components[0].Across);

    /// <summary>Rows of coded units.</summary>
    public int UnitsDown => RoundedUp(HeightPx, 8 * Components[0].Down);

    private static int RoundedUp(int length, int unit) => (length + unit - 1) / unit;
}

/// <summary>One component of a frame.</summary>
/// <param name="Across">Blocks beside each other in a coded unit.</param>
/// <param name="Down">Blocks below each other in a coded unit.</param>
/// <param name="Steps">Quantization steps of the first coefficients in zigzag order, as far as <see cref="KnownSteps"/>.</param>
/// <param name="Dc">Code of the means.</param>
/// <param name="Ac">Code of the other coefficients.</param>
internal sealed record JpegComponent(int Across, int Down, IReadOnlyList<int> Steps, HuffmanCode Dc, HuffmanCode Ac)
{
    /// <summary>As many as tell the four quarters of a block apart.</summary>
    public const int KnownSteps = 5;
}
