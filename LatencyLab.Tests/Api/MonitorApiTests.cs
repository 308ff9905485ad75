using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LatencyLab.Inference.Measurement.Hardware;
using Microsoft.Extensions.DependencyInjection;

namespace LatencyLab.Tests.Api;

public class MonitorApiTests(WebApp app) : IClassFixture<WebApp>
{
    private readonly HttpClient _client = app.CreateClient();

    [Fact]
    public async Task ASnapshot_SaysWhatTheMachineDoesInTheCommandLinesWords()
    {
        var series = await _client.GetFromJsonAsync<JsonElement>("/api/monitor?seconds=1&periodMs=200");

        Assert.Equal(200, series.GetProperty("periodMs").GetDouble());
        var resident = Assert.Single(series.GetProperty("metrics").EnumerateArray(), metric => metric.GetProperty("name").GetString() == "process.resident");
        Assert.Equal("bytes", resident.GetProperty("unit").GetString());
        Assert.True(resident.GetProperty("mean").GetDouble() > 1_000_000);
        Assert.Equal(series.GetProperty("timesMs").GetArrayLength(), resident.GetProperty("values").GetArrayLength());
        Assert.True(series.GetProperty("cost").GetProperty("meanSampleMs").GetDouble() > 0);
        Assert.Equal(JsonValueKind.Array, series.GetProperty("missing").ValueKind);
    }

    [Fact]
    public async Task TheStream_SendsSamplesUntilTheClientLeaves()
    {
        using (var stream = await _client.GetStreamAsync("/api/monitor/stream?periodMs=200"))
        using (var reader = new StreamReader(stream))
        {
            for (var sample = 0; sample < 3; sample++)
            {
                Assert.Equal("event: sample", await reader.ReadLineAsync());
                var data = await reader.ReadLineAsync();
                var values = JsonDocument.Parse(data!["data: ".Length..]).RootElement.GetProperty("values");
                Assert.True(values.GetProperty("process.resident").GetDouble() > 1_000_000);
                Assert.Equal("", await reader.ReadLineAsync());
            }
            Assert.True(Feed.IsSampling);
        }

        for (var attempt = 0; Feed.IsSampling; attempt++)
        {
            Assert.True(attempt < 300, "Sampling goes on though nobody watches.");
            await Task.Delay(100);
        }
    }

    [Theory]
    [InlineData("/api/monitor?seconds=0")]
    [InlineData("/api/monitor?seconds=3600")]
    [InlineData("/api/monitor?periodMs=10")]
    [InlineData("/api/monitor/stream?periodMs=199")]
    public async Task AnOption_OutOfItsRange_IsRefused(string path) => Assert.Equal(HttpStatusCode.BadRequest, (await _client.GetAsync(path)).StatusCode);

    private HardwareFeed Feed => app.Services.GetRequiredService<HardwareFeed>();
}
