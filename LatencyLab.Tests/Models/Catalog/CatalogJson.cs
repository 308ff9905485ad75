using System.Globalization;

namespace LatencyLab.Tests.Models.Catalog;

/// <summary>A list with one published model, <c>tiny</c>.</summary>
internal static class CatalogJson
{
    public static string With(Uri address, long bytes, string? hash) => string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "format": 1,
          "models": [
            {
              "id": "tiny", "title": "Tiny", "license": "MIT",
              "model": { "address": "{{address}}", "bytes": {{bytes}}, "sha256": {{(hash is null ? "null" : $"\"{hash}\"")}} },
              "preprocessing": {
                "size": 8, "resize": { "mode": "short_side", "short_side": 9 },
                "mean": [0.25, 0.5, 0.75], "std": [0.5, 0.5, 0.5]
              }
            }
          ]
        }
        """);
}
