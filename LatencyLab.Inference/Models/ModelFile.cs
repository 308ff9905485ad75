using System.Security.Cryptography;

namespace LatencyLab.Inference.Models;

/// <summary>An ONNX file and the hash that its card promises.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Sha256">Lower-case hexadecimal; null where the card states none.</param>
public sealed record ModelFile(string Path, string? Sha256)
{
    /// <summary>Size of the file; 0 where it is missing.</summary>
    public long SizeBytes => System.IO.File.Exists(Path) ? new FileInfo(Path).Length : 0;

    /// <summary>Reads the whole file.</summary>
    /// <returns>Its hash, in lower-case hexadecimal.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public string ComputeSha256()
    {
        using var stream = System.IO.File.OpenRead(Path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>Checks that the file is there and is the one that the card describes.</summary>
    /// <exception cref="InvalidModelException">It is missing, or its content differs.</exception>
    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        if (!System.IO.File.Exists(Path))
        {
            throw new InvalidModelException($"The model file {Path} is missing. Restore it, or correct `file` in its card.");
        }
        if (Sha256 is null)
        {
            return;
        }
        await using var stream = System.IO.File.OpenRead(Path);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
        if (!hash.Equals(Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidModelException(
                $"The model file {Path} is not the one its card describes (SHA-256 {hash[..12]}…, expected {Sha256[..Math.Min(12, Sha256.Length)]}…). "
                + "Restore the file, or correct `sha256` in its card if you changed it on purpose.");
        }
    }
}
