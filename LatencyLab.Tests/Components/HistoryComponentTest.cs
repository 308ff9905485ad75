using LatencyLab.Tests.History;
using Microsoft.Extensions.DependencyInjection;

namespace LatencyLab.Tests.Components;

/// <summary>A component over a real history in a SQLite file.</summary>
public abstract class HistoryComponentTest : ComponentTest, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-page-").FullName;
    private HistoryHost? _history;

    private protected HistoryHost History => _history ?? throw new InvalidOperationException("The history is started before each test.");

    public virtual async Task InitializeAsync()
    {
        _history = await HistoryHost.StartAsync(new HistoryPlace(_folder, ConnectionString: null));
        Services.AddSingleton(_history.Runs);
    }

    public new async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await History.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
