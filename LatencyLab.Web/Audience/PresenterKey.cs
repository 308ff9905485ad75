using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Audience;

/// <summary>Knows who has the presenter's key without handing it out: the cookie has only what was made of it.</summary>
/// <param name="options">Has the key.</param>
internal sealed class PresenterKey(IOptions<AudienceOptions> options)
{
    /// <summary>Name of the cookie.</summary>
    public const string Cookie = "latencylab-presenter";

    private readonly string? _proof = options.Value.PresenterKey is { } key ? ProofOf(key) : null;

    /// <summary>What a key makes: the same after a restart, another with another key, and no way back to it.</summary>
    public static string ProofOf(string key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), "LatencyLab presenter cookie"u8));

    /// <summary>Whether the configured key made it, in a time that does not tell how much of it is right. Without a key nothing does.</summary>
    public bool IsProvenBy(string? proof) => _proof is not null && proof is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(_proof), Encoding.UTF8.GetBytes(proof));
}
