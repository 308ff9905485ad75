using LatencyLab.Web.Components.Sweeps;

namespace LatencyLab.Tests.Components;

public class NumberListTests
{
    [Theory]
    [InlineData("1,2, 4", new[] { 1, 2, 4 })]
    [InlineData("8; 16 32", new[] { 8, 16, 32 })]
    [InlineData("", new int[0])]
    public void Numbers_HoweverTheyAreSeparated_AreRead(string text, int[] numbers) => Assert.Equal(numbers, NumberList.Parse(text));

    [Theory]
    [InlineData("1, two")]
    [InlineData("1.5")]
    [InlineData("-1")]
    [InlineData("99999999999")]
    public void Anything_ThatIsNoWholeNumber_IsRefused(string text) => Assert.Null(NumberList.Parse(text));

    [Fact]
    public void Text_IsReadAsWhatWasWritten() => Assert.Equal([1, 4096], NumberList.Parse(NumberList.Text([1, 4096])));
}
