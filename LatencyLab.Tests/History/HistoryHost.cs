using LatencyLab.Inference.Hosting;
using LatencyLab.Web.History;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LatencyLab.Tests.History;

/// <summary>The history as an application runs it, without the rest of the application. Disposing it shuts it down properly.</summary>
internal sealed class HistoryHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private bool _stopped;

    private HistoryHost(ServiceProvider services) => _services = services;

    public IRunHistory Runs => Get<IRunHistory>();

    public static async Task<HistoryHost> StartAsync(HistoryPlace place, TimeProvider? time = null, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(place.Settings)
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"LatencyLab:History:{setting.Key}", (string?)setting.Value)))
            .Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddOptions<LatencyLabOptions>().Bind(configuration.GetSection(LatencyLabOptions.Section));
        services.AddHistory(configuration);
        var host = new HistoryHost(services.BuildServiceProvider());
        try
        {
            foreach (var service in host._services.GetServices<IHostedService>())
            {
                await service.StartAsync(CancellationToken.None);
            }
            return host;
        }
        catch
        {
            await host._services.DisposeAsync();
            throw;
        }
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        if (_stopped)
        {
            return;
        }
        _stopped = true;
        foreach (var service in _services.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }
        await _services.DisposeAsync();
    }
}
