namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>Finds picture files to calibrate with.</summary>
public static class CalibrationPictures
{
    private static readonly string[] Endings = [".jpg", ".jpeg", ".png", ".webp"];

    /// <summary>Picture files in a folder and its subfolders: by name, every so many, so that a sorted collection is sampled evenly.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="count">How many at most.</param>
    public static IReadOnlyList<string> Find(string folder, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal).ToArray();
        return Spread(files, count);
    }

    /// <summary>So many pictures of a collection, evenly spread; all of them where there are no more.</summary>
    /// <typeparam name="TPicture">A file's path, or a picture in memory.</typeparam>
    /// <param name="pictures">The collection.</param>
    /// <param name="count">How many at most.</param>
    public static IReadOnlyList<TPicture> Spread<TPicture>(IReadOnlyList<TPicture> pictures, int count)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return pictures.Count <= count ? pictures : [.. Enumerable.Range(0, count).Select(i => pictures[(int)((long)i * pictures.Count / count)])];
    }
}
