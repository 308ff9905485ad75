using System.Security.Cryptography;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Optimization;

/// <summary>Quantizes models that ship without an INT8 file, once, into a folder that outlives the process.</summary>
/// <param name="cachePath">Folder of the finished files; created when needed.</param>
/// <param name="calibrationPath">Folder of calibration pictures; null where none is configured.</param>
/// <param name="calibrationPictures">Pictures to use at most.</param>
/// <param name="decoder">Decodes the pictures.</param>
public sealed class QuantizedModelCache(string cachePath, string? calibrationPath, int calibrationPictures, IImageDecoder decoder) : IModelPreparer
{
    /// <summary>Raised whenever the quantizer would write other bytes, so that old files are made anew.</summary>
    private const int QuantizerVersion = 3;

    /// <inheritdoc/>
    public async Task<ModelFile> PrepareAsync(Model model, string precision, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (precision != Precisions.Int8)
        {
            throw new InvalidModelException($"{model.Id} has no {precision} file, and only int8 can be made on demand.");
        }
        await model.File.VerifyAsync(cancellationToken);
        var pictures = FindPictures(model);
        var target = new ModelFile(await TargetPathAsync(model, pictures, cancellationToken), null);
        if (!File.Exists(target.Path))
        {
            Quantize(model, pictures, target, progress, cancellationToken);
        }
        return target;
    }

    private IReadOnlyList<string> FindPictures(Model model)
    {
        var pictures = calibrationPath is null ? [] : CalibrationPictures.Find(calibrationPath, calibrationPictures);
        return pictures.Count > 0 ? pictures : throw new InvalidModelException(
            $"{model.Id} ships without an INT8 file, and there are no pictures to make one from. "
            + "Set LatencyLab:CalibrationPath to a folder of some hundred pictures like those the model will meet.");
    }

    private void Quantize(Model model, IReadOnlyList<string> pictures, ModelFile target, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(cachePath);
        var source = new PictureCalibrationSource(pictures, decoder, model.Preprocessing);
        var options = new QuantizationOptions
        {
            WeightRange = CpuCapabilities.Current.NeedsSevenBitWeights ? WeightRange.SevenBit : WeightRange.EightBit,
            Threads = 1,
        };
        var relay = progress is null ? null : new ShareOfPictures(progress);
        StaticQuantizer.Quantize(model.File.Path, source, options, relay, cancellationToken).Save(target.Path);
    }

    /// <summary>The name holds everything that the bytes depend on: model, pictures, weight range and quantizer.</summary>
    private async Task<string> TargetPathAsync(Model model, IReadOnlyList<string> pictures, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(await File.ReadAllBytesAsync(model.File.Path, cancellationToken));
        foreach (var picture in pictures)
        {
            hash.AppendData(await File.ReadAllBytesAsync(picture, cancellationToken));
        }
        var key = Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
        var bits = CpuCapabilities.Current.NeedsSevenBitWeights ? 7 : 8;
        return Path.Combine(cachePath, $"{model.Id}-int8-w{bits}-v{QuantizerVersion}-{key}.onnx");
    }

    private sealed class ShareOfPictures(IProgress<double> progress) : IProgress<QuantizationProgress>
    {
        public void Report(QuantizationProgress value) => progress.Report((double)value.Done / value.Total);
    }
}
