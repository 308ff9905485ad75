using LatencyLab.Web.Audience;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LatencyLab.Tests.Audience;

public class JoinAddressTests
{
    [Theory]
    [InlineData(null, "http://lab.example:8080/live?present=1", "http://lab.example:8080/join/abc", "lab.example:8080/join/abc")]
    [InlineData("https://demo.example", "http://localhost:5000/", "https://demo.example/join/abc", "https://demo.example/join/abc")]
    [InlineData("https://demo.example/lab/", "http://localhost:5000/", "https://demo.example/lab/join/abc", "https://demo.example/lab/join/abc")]
    public void Of_APageOrAConfiguredAddress_LeadsToJoin(string? configured, string page, string address, string text)
    {
        var join = JoinAddress.Of(configured, new Uri(page), "abc");

        Assert.Equal((address, text, null), (join.Address.AbsoluteUri, join.Text, join.Hint));
    }

    [Theory]
    [InlineData("http://localhost:5000/")]
    [InlineData("http://127.0.0.1:5000/")]
    [InlineData("http://[::1]:5000/")]
    [InlineData("http://0.0.0.0:5000/")]
    public void Of_AnAddressThatOnlyThisMachineKnows_SaysSoAndWhatToDo(string page)
    {
        var hint = JoinAddress.Of(null, new Uri(page), "abc").Hint;

        Assert.Contains("--urls http://0.0.0.0:5000", hint, StringComparison.Ordinal);
        Assert.Contains("LatencyLab:Audience:PublicAddress", hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PublicAddress", "demo.example", "PublicAddress")]
    [InlineData("PublicAddress", "ftp://demo.example", "PublicAddress")]
    [InlineData("PresenterKey", "elevenchars", "PresenterKey")]
    [InlineData("PresenterKey", "", "PresenterKey")]
    [InlineData("WaitingPictures", "0", "WaitingPictures")]
    [InlineData("WaitingMinutes", "61", "WaitingMinutes")]
    [InlineData("PicturesPerMinute", "-1", "PicturesPerMinute")]
    public void Options_WithAWrongValue_AreRefusedByName(string key, string value, string named)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [$"LatencyLab:Audience:{key}"] = value }).Build();
        using var services = new ServiceCollection().AddAudience(configuration).BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<AudienceOptions>>().Value);

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }
}
