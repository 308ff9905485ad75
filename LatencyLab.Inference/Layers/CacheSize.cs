using System.Globalization;

namespace LatencyLab.Inference.Layers;

/// <summary>Size of the processor's largest cache.</summary>
internal static class CacheSize
{
    private const long Typical = 32L << 20;
    private const string Folder = "/sys/devices/system/cpu/cpu0/cache";

    /// <summary>Bytes of the largest cache as the system tells; 32 MiB where it does not.</summary>
    public static long LargestBytes() => Directory.Exists(Folder)
        ? Directory.EnumerateDirectories(Folder, "index*").Select(index => Parse(Path.Combine(index, "size"))).DefaultIfEmpty(Typical).Max()
        : Typical;

    /// <summary>Reads a text like <c>2048K</c>.</summary>
    private static long Parse(string path)
    {
        var text = File.Exists(path) ? File.ReadAllText(path).Trim() : "";
        var unit = text.Length == 0 ? 0 : text[^1] switch { 'K' => 10, 'M' => 20, _ => 0 };
        return long.TryParse(text.TrimEnd('K', 'M'), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size << unit : 0;
    }
}
