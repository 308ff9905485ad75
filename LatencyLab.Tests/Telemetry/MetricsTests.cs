using System.Globalization;
using System.Text.RegularExpressions;
using LatencyLab.Tests.Api;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Telemetry;

public partial class MetricsTests(WebApp app) : IClassFixture<WebApp>
{
    private const string Duration = "latencylab_classification_duration_seconds";
    private const string Labels = "{latencylab_variant=\"int8\",latencylab_model=\"cifar10_resnet9\"}";

    private readonly HttpClient _client = app.CreateClient();

    [Fact]
    public async Task AScrape_AfterRequests_CountsThemInTheFormat()
    {
        await ClassifyAsync();
        var before = Value(await _client.GetStringAsync("/metrics"), $"{Duration}_count{Labels}");
        await ClassifyAsync();
        await ClassifyAsync();

        var answer = await _client.GetAsync("/metrics");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.StartsWith("text/plain; version=0.0.4", answer.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        Assert.Contains($"# TYPE {Duration} histogram\n", text, StringComparison.Ordinal);
        Assert.True(Value(text, $"{Duration}_count{Labels}") >= before + 2);
        Assert.InRange(Value(text, $"{Duration}_sum{Labels}"), 1e-6, 600);
        Assert.Contains("latencylab_stage=\"inference\"", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(LineFormat(), line));
    }

    [Fact]
    public async Task Buckets_OfAHistogram_RiseToItsCount()
    {
        await ClassifyAsync();
        var text = await _client.GetStringAsync("/metrics");

        var buckets = text.Split('\n').Where(line => line.StartsWith($"{Duration}_bucket{Labels[..^1]},", StringComparison.Ordinal))
            .Select(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)).ToArray();

        Assert.Equal(buckets.Order(), buckets);
        Assert.True(buckets[^1] >= 1);
    }

    [Fact]
    public async Task EveryAnswer_NamesItsRequest() =>
        Assert.NotEmpty((await _client.GetAsync("/api/models")).Headers.GetValues("X-Request-Id").Single());

    private async Task ClassifyAsync()
    {
        using var form = WebApp.Form(SamplePicture.Read("cat.jpg"));
        (await _client.PostAsync("/api/classify/int8", form)).EnsureSuccessStatusCode();
    }

    private static double Value(string text, string series) => double.Parse(
        text.Split('\n').Single(line => line.StartsWith(series + " ", StringComparison.Ordinal))[(series.Length + 1)..], CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(# (HELP|TYPE) [a-z_:][a-z0-9_:]* .+|[a-z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_]\w*=""([^""\\\n]|\\[\\""n])*"",?)*\})? (-?\d+(\.\d+)?(E[+-]?\d+)?|[+-]Inf|NaN))$")]
    private static partial Regex LineFormat();
}
