using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LatencyLab.Tests.History;

/// <summary>The web application as a process of its own, which a test can kill as the power would.</summary>
internal sealed partial class WebProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log;

    private WebProcess(Process process, Uri address, ConcurrentQueue<string> log)
    {
        (_process, _log) = (process, log);
        Client = new HttpClient { BaseAddress = address, Timeout = StartTimeout };
    }

    public HttpClient Client { get; }

    /// <summary>The lines that it has written so far.</summary>
    public IReadOnlyCollection<string> Log => _log;

    public static async Task<WebProcess> StartAsync(HistoryPlace place)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "LatencyLab.Web.dll")])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["LatencyLab__CachePath"] = Path.Combine(place.DataPath, "cache");
        foreach (var (key, value) in place.Settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = start };
        var log = new ConcurrentQueue<string>();
        process.OutputDataReceived += (_, line) =>
        {
            log.Enqueue(line.Data ?? "");
            if (line.Data is { } text && ListeningOn().Match(text) is { Success: true } match)
            {
                listening.TrySetResult(new Uri(match.Groups[1].Value));
            }
        };
        process.Start();
        process.BeginOutputReadLine();
        var web = new WebProcess(process, await listening.Task.WaitAsync(StartTimeout), log);
        while (!(await web.Client.GetAsync("/healthz/ready")).IsSuccessStatusCode)
        {
            await Task.Delay(100);
        }
        return web;
    }

    /// <summary>SIGKILL: nothing of the process runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }
        Client.Dispose();
        _process.Dispose();
    }

    [GeneratedRegex(@"Now listening on: (http://[\w.:]+)")]
    private static partial Regex ListeningOn();
}
