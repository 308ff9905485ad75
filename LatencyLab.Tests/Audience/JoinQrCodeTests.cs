using System.Globalization;
using System.Text.RegularExpressions;
using LatencyLab.Web.Audience;

namespace LatencyLab.Tests.Audience;

public partial class JoinQrCodeTests
{
    private const int QuietZone = 4;

    [Theory]
    [InlineData("http://lab.example/join/abcdefgh")]
    [InlineData("https://a-rather-long-name.of-a-conference.example:8443/some/where/join/abcdefgh")]
    public void Of_AnAddress_HasTheStandardsFrameOfAQrCode(string text)
    {
        var dark = Modules(JoinQrCode.Of(text), out var side);

        // ISO/IEC 18004: 17 + 4 modules a version, a quiet zone of four, and finder patterns of 7 × 7 in three corners.
        Assert.Equal(0, (side - (2 * QuietZone) - 17) % 4);
        Assert.All(dark, module => Assert.True(
            module.X >= QuietZone && module.Y >= QuietZone && module.X < side - QuietZone && module.Y < side - QuietZone));
        foreach (var (left, top) in new[] { (QuietZone, QuietZone), (side - QuietZone - 7, QuietZone), (QuietZone, side - QuietZone - 7) })
        {
            for (var y = 0; y < 7; y++)
            {
                for (var x = 0; x < 7; x++)
                {
                    var ring = Math.Max(Math.Abs(x - 3), Math.Abs(y - 3));
                    Assert.Equal(ring != 2, dark.Contains((left + x, top + y)));
                }
            }
        }
    }

    [Fact]
    public void Of_TwoCodes_DifferInTheirDrawing() =>
        Assert.NotEqual(JoinQrCode.Of("http://lab.example/join/abcdefgh").Path, JoinQrCode.Of("http://lab.example/join/abcdefgk").Path);

    private static HashSet<(int X, int Y)> Modules(JoinQrCode code, out int side)
    {
        side = code.Side;
        return [.. Run().Matches(code.Path).SelectMany(run =>
        {
            int Number(string group) => int.Parse(run.Groups[group].Value, CultureInfo.InvariantCulture);
            return Enumerable.Range(Number("x"), Number("length")).Select(x => (x, Number("y")));
        })];
    }

    [GeneratedRegex("M(?<x>\\d+) (?<y>\\d+)h(?<length>\\d+)v1H\\k<x>z")]
    private static partial Regex Run();
}
