namespace LatencyLab.Web.Hosting;

/// <summary>Asks a running instance whether it lives, for containers without curl: <c>--healthcheck</c>.</summary>
internal static class HealthProbe
{
    /// <summary>The argument that asks for it.</summary>
    public const string Argument = "--healthcheck";

    private const string DefaultPort = "8080";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Exit code 0 when the instance on this machine answers, 1 when not.</summary>
    public static async Task<int> RunAsync()
    {
        var port = Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS")?.Split(';')[0] ?? DefaultPort;
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/healthz/live"));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }
}
