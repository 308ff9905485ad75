using System.Globalization;
using System.Text;
using QRCoder;

namespace LatencyLab.Web.Audience;

/// <summary>A QR code as one SVG path: no picture file, no colours of its own.</summary>
/// <param name="Side">Modules along a side, the quiet zone of four on each side included.</param>
/// <param name="Path">Data of an SVG path that fills the dark modules, one unit each.</param>
public sealed record JoinQrCode(int Side, string Path)
{
    /// <summary>Encodes a text so that a quarter of the code may be hidden, by a head in the front row for instance.</summary>
    public static JoinQrCode Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.Q);
        var path = new StringBuilder();
        for (var y = 0; y < data.ModuleMatrix.Count; y++)
        {
            var row = data.ModuleMatrix[y];
            for (var x = 0; x < row.Length; x++)
            {
                if (!row[x])
                {
                    continue;
                }
                var start = x;
                while (x + 1 < row.Length && row[x + 1])
                {
                    x++;
                }
                // Runs rather than squares: between squares a projector shows hairlines.
                path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start + 1}v1H{start}z");
            }
        }
        return new JoinQrCode(data.ModuleMatrix.Count, path.ToString());
    }
}
