using System.Text.Json;
using LatencyLab.Tests.History;

namespace LatencyLab.Tests.Telemetry;

public sealed class ConsoleLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-log-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AnEntry_ThatARequestCaused_IsAnObjectWithTheIdentifierThatTheAnswerNamed()
    {
        await using var web = await WebProcess.StartAsync(new HistoryPlace(_folder, ConnectionString: null));

        // Asking for a model's variants loads them, and that is logged.
        var answer = await web.Client.GetAsync("/api/variants?model=cifar10_resnet9_nano");

        var requestId = answer.Headers.GetValues("X-Request-Id").Single();
        for (var attempt = 0; !web.Log.Any(line => IsAbout(line, "cifar10_resnet9_nano/control is ready", requestId)); attempt++)
        {
            Assert.True(attempt < 600, $"No entry has {requestId}:\n{string.Join('\n', web.Log)}");
            await Task.Delay(100);
        }
    }

    private static bool IsAbout(string line, string message, string requestId)
    {
        if (!line.Contains(message, StringComparison.Ordinal))
        {
            return false;
        }
        var entry = JsonDocument.Parse(line).RootElement;
        return entry.GetProperty("Scopes").EnumerateArray().Any(scope => scope.TryGetProperty("RequestId", out var id) && id.GetString() == requestId);
    }
}
