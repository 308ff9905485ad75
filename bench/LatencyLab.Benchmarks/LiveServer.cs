using System.Text.Json;

namespace LatencyLab.Benchmarks;

/// <summary>The live run of a LatencyLab that runs elsewhere, through its API.</summary>
internal sealed class LiveServer(Uri address) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = address };

    public async Task StartAsync() => (await _client.PostAsync("/api/live/start", null)).EnsureSuccessStatusCode();

    public async Task StopAsync() => (await _client.PostAsync("/api/live/stop", null)).EnsureSuccessStatusCode();

    /// <summary>One figure for all variants.</summary>
    public async Task<double> GeometricMeanP50Async()
    {
        var variants = (await LatestAsync()).GetProperty("variants").EnumerateArray().Select(variant => variant.GetProperty("p50Ms").GetDouble());
        return Math.Exp(variants.Average(Math.Log));
    }

    public async Task<double> MemoryBytesAsync() => (await LatestAsync()).GetProperty("memoryBytes").GetDouble();

    public async Task<int> WatchersAsync() => (await ReadAsync()).GetProperty("status").GetProperty("watchers").GetInt32();

    public void Dispose() => _client.Dispose();

    private async Task<JsonElement> ReadAsync() => JsonDocument.Parse(await _client.GetStringAsync("/api/live")).RootElement;

    private async Task<JsonElement> LatestAsync() => (await ReadAsync()).GetProperty("latest");
}
