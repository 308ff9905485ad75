using System.Security.Cryptography;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.HalfPrecision;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Optimization;

/// <summary>Makes the INT8 or FP16 file of models that ship without it, once, into a folder that outlives the process.</summary>
/// <param name="cachePath">Folder of the finished files; created when needed.</param>
/// <param name="calibrationPath">Folder of calibration pictures; null where none is configured.</param>
/// <param name="calibrationPictures">Pictures to use at most.</param>
/// <param name="decoder">Decodes the pictures.</param>
public sealed class QuantizedModelCache(string cachePath, string? calibrationPath, int calibrationPictures, IImageDecoder decoder) : IModelPreparer
{
    /// <summary>Raised whenever the quantizer would write other bytes, so that old files are made anew.</summary>
    private const int QuantizerVersion = 6;

    private const int HalfPrecisionVersion = 1;

    /// <inheritdoc/>
    public async Task<ModelFile> PrepareAsync(Model model, string precision, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        await model.File.VerifyAsync(cancellationToken);
        return precision switch
        {
            Precisions.Int8 => await PrepareInt8Async(model, progress, cancellationToken),
            Precisions.Fp16 => await PrepareFp16Async(model, cancellationToken),
            _ => throw new InvalidModelException($"{model.Id} has no {precision} file, and only int8 and fp16 can be made on demand."),
        };
    }

    private async Task<ModelFile> PrepareFp16Async(Model model, CancellationToken cancellationToken)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(model.File.Path, cancellationToken)))[..16];
        var target = new ModelFile(Path.Combine(cachePath, $"{model.Id}-fp16-v{HalfPrecisionVersion}-{key}.onnx"), null);
        if (!File.Exists(target.Path))
        {
            Directory.CreateDirectory(cachePath);
            HalfPrecisionConverter.Convert(model.File.Path, [3, model.Preprocessing.HeightPx, model.Preprocessing.WidthPx], cancellationToken).Save(target.Path);
        }
        return target;
    }

    private async Task<ModelFile> PrepareInt8Async(Model model, IProgress<double>? progress, CancellationToken cancellationToken)
    {
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
