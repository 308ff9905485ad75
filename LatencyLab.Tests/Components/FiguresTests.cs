using System.Globalization;
using LatencyLab.Web.Components;

namespace LatencyLab.Tests.Components;

public class FiguresTests
{
    public FiguresTests() => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.01234, "0.0123")]
    [InlineData(0.5, "0.500")]
    [InlineData(1.234, "1.23")]
    [InlineData(9.999, "10.0")]
    [InlineData(99.96, "100")]
    [InlineData(12.34, "12.3")]
    [InlineData(1234.5, "1,234")]
    public void Significant_AnyMagnitude_HasThreeDigits(double value, string expected) => Assert.Equal(expected, Figures.Significant(value));

    [Fact]
    public void Ms_GermanServer_IsEnglishWithThinSpace() => Assert.Equal("1.23\u2009ms", Figures.Ms(1.234));

    [Theory]
    [InlineData(0.9412, "94.1\u2009%")]
    [InlineData(1, "100.0\u2009%")]
    [InlineData(0, "0.0\u2009%")]
    [InlineData(0.0004, "<\u20090.1\u2009%")]
    public void Percent_TinyShare_IsNotZero(double share, string expected) => Assert.Equal(expected, Figures.Percent(share));

    [Theory]
    [InlineData(1.034, "1.03×")]
    [InlineData(4.38, "4.4×")]
    [InlineData(27.3, "27×")]
    public void Ratio_NearOne_HasMoreDigits(double ratio, string expected) => Assert.Equal(expected, Figures.Ratio(ratio));

    [Theory]
    [InlineData(999, "999\u2009B")]
    [InlineData(31_290, "31.3\u2009kB")]
    [InlineData(11_830_000, "11.8\u2009MB")]
    public void Bytes_AnySize_UsesFittingUnit(long bytes, string expected) => Assert.Equal(expected, Figures.Bytes(bytes));

    [Fact]
    public void Aligned_OneColumn_HasSameDecimals() =>
        Assert.Equal(["2.030", "0.012"], new[] { Figures.Aligned(2.03, 6.1), Figures.Aligned(0.012, 6.1) });

    [Fact]
    public void Count_One_IsSingular() => Assert.Equal(["1\u00a0round", "1,000\u00a0rounds"], new[] { Figures.Count(1, "round"), Figures.Count(1000, "round") });
}
