using System.Diagnostics;

namespace LatencyLab.Benchmarks;

/// <summary>A browser without a window that opens tabs on demand.</summary>
internal sealed class TabbedBrowser : IDisposable
{
    private const int FirstPort = 9300;

    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("latencylab-tabs-");
    private readonly Process _process;
    private readonly HttpClient _control;

    private TabbedBrowser(string path)
    {
        var port = FirstPort + (Environment.ProcessId % 500);
        _control = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        _process = Process.Start(new ProcessStartInfo(path,
            ["--headless", "--no-sandbox", "--disable-gpu", $"--remote-debugging-port={port}", $"--user-data-dir={_profile.FullName}", "about:blank"])
        {
            RedirectStandardError = true,
        })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts it; null where there is none.</summary>
    public static TabbedBrowser? TryStart()
    {
        var path = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
        return File.Exists(path) ? new TabbedBrowser(path) : null;
    }

    /// <summary>Opens tabs.</summary>
    public async Task OpenAsync(Uri address, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await PutAsync($"/json/new?{address}");
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _control.Dispose();
        _profile.Delete(recursive: true);
    }

    private async Task PutAsync(string path)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                (await _control.PutAsync(path, null)).EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (attempt < 100)
            {
                // It has only just been started.
                await Task.Delay(200);
            }
        }
    }
}
