using System.Globalization;
using System.Security.Cryptography;

namespace LatencyLab.Web.History;

/// <summary>This process, as the runs that it is measuring name it.</summary>
internal sealed class HistoryOwner
{
    /// <summary>A number that no other process has.</summary>
    public long Id { get; } = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    /// <summary>The number as runs carry it.</summary>
    public string Name => Id.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The number in a run's owner; null where it is none.</summary>
    public static long? Parse(string name) => long.TryParse(name, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var id) ? id : null;
}
