using System.Security.Cryptography;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Inference.Optimization;

/// <summary>Gives a model an INT8 file of its own, beside its FP32 one, and enters it in the card.</summary>
public static class Int8Variant
{
    private const string FileName = "int8.onnx";

    /// <summary>Quantizes and enters. The card changes only once the file is whole.</summary>
    /// <param name="model">A model in a folder that may be written.</param>
    /// <param name="calibrationFolder">Pictures like those that the model will meet; searched with its subfolders.</param>
    /// <param name="pictures">Pictures to use at most, at least 1.</param>
    /// <param name="decoder">Decodes the pictures.</param>
    /// <param name="progress">Told after each step and each batch of pictures.</param>
    /// <param name="cancellationToken">Stops it; nothing is left behind.</param>
    /// <returns>What was quantized. The card's path is the model's; read it anew, or <see cref="ModelCatalogue.Add"/> it.</returns>
    /// <exception cref="CalibrationException">There are no pictures, or one is unusable.</exception>
    /// <exception cref="QuantizationException">There is nothing to quantize, or the result does not run.</exception>
    public static async Task<QuantizationReport> AddAsync(
        Model model, string calibrationFolder, int pictures, IImageDecoder decoder, IProgress<QuantizationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var paths = CalibrationPictures.Find(calibrationFolder, pictures);
        if (paths.Count == 0)
        {
            throw new CalibrationException($"There are no pictures in {calibrationFolder} to calibrate with. Name a folder of JPEG, PNG or WebP files.");
        }
        await model.File.VerifyAsync(cancellationToken);
        var sevenBit = CpuCapabilities.Current.NeedsSevenBitWeights;
        var options = new QuantizationOptions { WeightRange = sevenBit ? WeightRange.SevenBit : WeightRange.EightBit };
        var source = new PictureCalibrationSource(paths, decoder, model.Preprocessing);
        var quantized = await Task.Run(() => StaticQuantizer.Quantize(model.File.Path, source, options, progress, cancellationToken), cancellationToken);
        var target = Path.Combine(Path.GetDirectoryName(model.CardPath)!, FileName);
        quantized.Save(target);
        var file = new ModelFileCard { File = FileName, Bytes = new FileInfo(target).Length, Sha256 = await HashAsync(target, cancellationToken) };
        var variants = new Dictionary<string, ModelFileCard>(model.Card.Variants) { [sevenBit ? Precisions.Int8SevenBit : Precisions.Int8] = file };
        ModelCardWriter.Write(model.Card with { Variants = variants }, model.CardPath);
        return quantized.Report;
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }
}
