using System.Security.Cryptography;
using System.Text;

namespace LatencyLab.Web.Audience;

/// <summary>The part of the address that only those who see the presenter's screen know.</summary>
internal static class JoinCode
{
    /// <summary>Some 40 bits: short enough to be typed from the back row, too many to be tried.</summary>
    private const int Length = 8;

    // Without the characters that look like others on a projector.
    private const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyz";

    /// <summary>A new random code.</summary>
    public static string Create() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>Whether two codes are the same, whatever their case, in a time that does not tell how much of them is.</summary>
    public static bool Matches(string code, string? given) => given is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes(given.Trim().ToLowerInvariant()));
}
