using System.Diagnostics;
using System.Text.Json;

namespace LatencyLab.Benchmarks;

/// <summary>
/// A browser without a window that opens tabs on demand. It stands for an audience whose machines are its own, so it gets only the
/// processor time that nobody else here wants.
/// </summary>
internal sealed class TabbedBrowser : IDisposable
{
    private const int FirstPort = 9300;
    private const string IdleScheduler = "/usr/bin/chrt";

    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("latencylab-tabs-");
    private readonly Process _process;
    private readonly HttpClient _control;

    private TabbedBrowser(string path)
    {
        var port = FirstPort + (Environment.ProcessId % 500);
        _control = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        string[] command =
        [
            .. File.Exists(IdleScheduler) ? [IdleScheduler, "--idle", "0"] : Array.Empty<string>(),
            path, "--headless", "--no-sandbox", "--disable-gpu", $"--remote-debugging-port={port}", $"--user-data-dir={_profile.FullName}", "about:blank",
        ];
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..])
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

    /// <summary>Opens a tab.</summary>
    /// <returns>Its identifier.</returns>
    public async Task<string> OpenAsync(Uri address)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var answer = await _control.PutAsync($"/json/new?{address}", null);
                answer.EnsureSuccessStatusCode();
                return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
            }
            catch (HttpRequestException) when (attempt < 100)
            {
                // It has only just been started.
                await Task.Delay(200);
            }
        }
    }

    /// <summary>Closes a tab, as its reader would.</summary>
    public async Task CloseAsync(string id) => (await _control.GetAsync($"/json/close/{id}")).EnsureSuccessStatusCode();

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _control.Dispose();
        _profile.Delete(recursive: true);
    }
}
