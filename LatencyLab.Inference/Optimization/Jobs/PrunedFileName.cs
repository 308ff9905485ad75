using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LatencyLab.Inference.Optimization.Pruning;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>Names the file of a pruning by its options: other options give another name, the same ones the same.</summary>
internal static class PrunedFileName
{
    private const int HashBytes = 4;

    public static string Of(PruneRequest request)
    {
        var share = request.MultiplyAdds is { } multiplyAdds ? Text($"{multiplyAdds}-macs") : Text($"{request.Keep ?? PruningOptions.DefaultKeepShare}-channels");
        var uniform = request.Uniform ? "-uniform" : "";
        var round = request.Round == PruningOptions.DefaultChannels ? "" : Text($"-round{request.Round}");
        var minimum = request.Minimum == PruningOptions.DefaultChannels ? "" : Text($"-minimum{request.Minimum}");
        return $"{request.ModelId}-{share}-{request.By}{uniform}{round}{minimum}{Skipped(request.Skip)}.onnx";
    }

    // Names of layers may be long, and hold what no file's name may.
    private static string Skipped(IReadOnlyCollection<string> layers) => layers.Count == 0
        ? ""
        : Text($"-skip{layers.Distinct().Count()}-") + Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', layers.Distinct().Order(StringComparer.Ordinal))))[..HashBytes]);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
