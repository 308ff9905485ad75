using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>Picture files, prepared as a model's card says, one at a time.</summary>
public sealed class PictureCalibrationSource : ICalibrationSource
{
    private readonly IReadOnlyList<string> _files;
    private readonly ImagePreprocessor _preprocessor;
    private readonly StageClock _clock = new();

    /// <summary>Names the pictures; none is read yet.</summary>
    public PictureCalibrationSource(IReadOnlyList<string> files, Model model, IImageDecoder decoder)
    {
        ArgumentNullException.ThrowIfNull(model);
        _files = files;
        _preprocessor = new ImagePreprocessor(decoder, model.Preprocessing);
        Shape = [3, model.Preprocessing.HeightPx, model.Preprocessing.WidthPx];
    }

    /// <inheritdoc/>
    public int Count => _files.Count;

    /// <inheritdoc/>
    public IReadOnlyList<int> Shape { get; }

    /// <inheritdoc/>
    /// <exception cref="ImageRejectedException">A file is no usable picture; the message names it.</exception>
    public void Fill(int index, Span<float> destination)
    {
        _clock.Start();
        try
        {
            _preprocessor.Process(File.ReadAllBytes(_files[index]), destination, _clock);
        }
        catch (ImageRejectedException error)
        {
            throw new ImageRejectedException(error.Reason, $"{_files[index]}: {error.Message}", error);
        }
    }

    /// <summary>Picture files in a folder and its subfolders: by name, every so many, so that a sorted collection is sampled evenly.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="count">How many at most.</param>
    public static IReadOnlyList<string> FindPictures(string folder, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        string[] endings = [".jpg", ".jpeg", ".png", ".webp"];
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal).ToArray();
        return files.Length <= count ? files : [.. Enumerable.Range(0, count).Select(i => files[(int)((long)i * files.Length / count)])];
    }
}
