using System.Globalization;
using System.Security.Cryptography;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>Gives what a quantization made its identifier, its words and its hashes.</summary>
/// <param name="registry">Knows the variants that a model has already.</param>
/// <param name="time">The clock.</param>
public sealed class MadeVariantNaming(VariantRegistry registry, TimeProvider time)
{
    /// <summary>An INT8 variant: <c>int8-entropy</c>.</summary>
    public Task<MadeVariant> Int8Async(Model model, ICalibrationMethod method, int pictures, string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(method);
        var description = string.Create(
            CultureInfo.InvariantCulture,
            $"Made here: statically quantized to 8-bit integers, {method.Name} calibration on {pictures:N0} pictures, one CPU thread.");
        return DescribeAsync(model, Precisions.Int8, $"{Precisions.Int8}-{Slug(method.Name)}", $"INT8 {method.Name}", description, path, cancellationToken);
    }

    /// <summary>An FP16 variant: <c>fp16</c>.</summary>
    public Task<MadeVariant> Fp16Async(Model model, string path, CancellationToken cancellationToken) => DescribeAsync(
        model, Precisions.Fp16, Precisions.Fp16, "FP16", "Made here: weights stored in 16 bits, computed in 32, one CPU thread.", path, cancellationToken);

    private async Task<MadeVariant> DescribeAsync(
        Model model, string precision, string wished, string title, string description, string path, CancellationToken cancellationToken)
    {
        var id = MadeVariants.FreeId(wished, [.. registry.VariantsOf(model).Select(variant => variant.Id)]);
        return new MadeVariant
        {
            ModelId = model.Id,
            ModelSha256 = await HashAsync(model.File.Path, cancellationToken),
            Options = new VariantOptions { Id = id, Title = title + id[wished.Length..].Replace('-', ' '), Description = description, Precision = precision },
            File = Path.GetFileName(path),
            Sha256 = await HashAsync(path, cancellationToken),
            MadeAt = time.GetUtcNow(),
        };
    }

    // A method's name may carry a number with a point.
    private static string Slug(string name) => string.Concat(name.ToLowerInvariant().Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-'));

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }
}
