using System.Security.Cryptography;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.AccuracyAware;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>Gives what a quantization made its identifier, its words and its hashes.</summary>
/// <param name="registry">Knows the variants that a model has already.</param>
/// <param name="time">The clock.</param>
public sealed class MadeVariantNaming(VariantRegistry registry, TimeProvider time)
{
    /// <summary>An INT8 variant: <c>int8-entropy</c>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How it was quantized.</param>
    /// <param name="report">What came out.</param>
    /// <param name="budget">How the budget was held; null where there was none.</param>
    /// <param name="path">The variant's file.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<MadeVariant> Int8Async(
        Model model, QuantizationOptions options, QuantizationReport report, AccuracyAwareReport? budget, string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(report);
        return DescribeAsync(model, Precisions.Int8, Int8Naming.Of(options, report, budget), path, cancellationToken);
    }

    /// <summary>An FP16 variant: <c>fp16</c>.</summary>
    public Task<MadeVariant> Fp16Async(Model model, string path, CancellationToken cancellationToken) => DescribeAsync(
        model, Precisions.Fp16, new(Precisions.Fp16, "FP16", "Made here: weights stored in 16 bits, computed in 32, one CPU thread."), path, cancellationToken);

    private async Task<MadeVariant> DescribeAsync(Model model, string precision, VariantName name, string path, CancellationToken cancellationToken)
    {
        // The same wish again gets a number, so that nobody takes the one for the other.
        var id = MadeVariants.FreeId(name.Id, [.. registry.VariantsOf(model).Select(variant => variant.Id)]);
        var title = id == name.Id ? name.Title : $"{name.Title} ({id[(name.Id.Length + 1)..]})";
        return new MadeVariant
        {
            ModelId = model.Id,
            ModelSha256 = await HashAsync(model.File.Path, cancellationToken),
            Options = new VariantOptions { Id = id, Title = title, Description = name.Description, Precision = precision },
            File = Path.GetFileName(path),
            Sha256 = await HashAsync(path, cancellationToken),
            MadeAt = time.GetUtcNow(),
        };
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }
}
