namespace LatencyLab.Inference.Imaging.Jpeg;

/// <summary>One row of a colour component at the resolution of the luma, by the triangle filter that JPEG decoders use.</summary>
internal static class ChromaRow
{
    /// <param name="frame">The frame; its colour components have one block in a unit.</param>
    /// <param name="plane">The component's plane.</param>
    /// <param name="y">Row of the luma.</param>
    /// <param name="row">Receives the width of the luma.</param>
    public static void Interpolate(JpegFrame frame, ReadOnlySpan<byte> plane, int y, Span<byte> row)
    {
        var luma = frame.Components[0];
        // Units beyond the picture's edge hold nothing to blend with.
        var columns = (row.Length + luma.Across - 1) / luma.Across;
        var rows = (((frame.HeightPx + 7) / 8) + luma.Down - 1) / luma.Down;
        var near = y / luma.Down;
        var far = luma.Down == 1 ? near : Math.Clamp((y & 1) == 0 ? near - 1 : near + 1, 0, rows - 1);
        var nearRow = plane.Slice(near * frame.UnitsAcross, columns);
        var farRow = plane.Slice(far * frame.UnitsAcross, columns);
        for (var x = 0; x < row.Length; x++)
        {
            var column = x / luma.Across;
            var beside = luma.Across == 1 ? column : Math.Clamp((x & 1) == 0 ? column - 1 : column + 1, 0, columns - 1);
            var here = (3 * nearRow[column]) + farRow[column];
            var there = (3 * nearRow[beside]) + farRow[beside];
            row[x] = (byte)(((3 * here) + there + 8) >> 4);
        }
    }
}
