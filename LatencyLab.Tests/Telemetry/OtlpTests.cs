using System.Collections.Concurrent;
using System.Text;
using LatencyLab.Tests.Api;
using LatencyLab.Tests.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LatencyLab.Tests.Telemetry;

public class OtlpTests
{
    [Fact]
    public async Task AReceiver_NamedInTheSettings_GetsMetricsAndTraces()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var receiver = WebApplication.CreateSlimBuilder().Build();
        receiver.Urls.Add("http://127.0.0.1:0");
        receiver.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.AddOrUpdate(signal, Encoding.Latin1.GetString(body.ToArray()), (_, former) => former + Encoding.Latin1.GetString(body.ToArray()));
        });
        await receiver.StartAsync();
        var app = new ExportingApp(receiver.Urls.Single());
        await app.InitializeAsync();
        using (var client = app.CreateClient())
        using (var form = WebApp.Form(SamplePicture.Read("cat.jpg")))
        {
            (await client.PostAsync("/api/classify/int8", form)).EnsureSuccessStatusCode();
        }

        await app.DisposeAsync();

        Assert.Contains("latencylab.classification.duration", received["metrics"], StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", received["metrics"], StringComparison.Ordinal);
        // A bound of 0.25 ms, little-endian: a classification of a few milliseconds must not fall into one bucket with all others.
        Assert.Contains(Encoding.Latin1.GetString(BitConverter.GetBytes(0.00025)), received["metrics"], StringComparison.Ordinal);
        Assert.Contains("classify", received["traces"], StringComparison.Ordinal);
        Assert.Contains("inference", received["traces"], StringComparison.Ordinal);
        Assert.Contains("latencylab.variant", received["traces"], StringComparison.Ordinal);
    }

    private sealed class ExportingApp(string endpoint) : WebApp
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        };
    }
}
