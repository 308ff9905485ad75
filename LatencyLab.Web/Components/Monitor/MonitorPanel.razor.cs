using System.Text.RegularExpressions;
using LatencyLab.Inference.Measurement.Hardware;
using LatencyLab.Web.Components.Controls;
using LatencyLab.Web.Components.Interop;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Monitor;

/// <summary>What the machine does, live. Watches from the first rendering until the page is left.</summary>
public sealed partial class MonitorPanel : IAsyncDisposable
{
    private const int Window = 60;
    private static readonly Segment<int>[] Rates = [new(2000, "0.5"), new(1000, "1"), new(500, "2"), new(200, "5")];
    private static readonly Segment<bool>[] Views = [new(false, "Charts"), new(true, "Table")];

    private readonly ComponentLife _life = new();
    private CancellationTokenSource? _watching;
    private Task _watch = Task.CompletedTask;
    private MonitorModule? _module;
    private ElementReference _element;
    private IReadOnlyList<MonitorGroup> _groups = [];
    private IReadOnlyList<MissingMetric> _missing = [];
    private int _periodMs = 1000;
    private bool _asTable;

    [Inject]
    public required HardwareFeed Feed { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }
        _module = new MonitorModule(Js);
        try
        {
            await _module.AttachAsync(_element, Window);
            Start();
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The page was left before it was shown.
        }
    }

    /// <summary>Where a metric's name may go on in the next line.</summary>
    [GeneratedRegex(@"(?<=\.)|(?=\p{Lu})")]
    private static partial Regex Words();

    private async Task ChangeRateAsync(int periodMs)
    {
        _periodMs = periodMs;
        await StopAsync();
        Start();
    }

    private void Start()
    {
        if (_life.IsOver)
        {
            return;
        }
        _watching = CancellationTokenSource.CreateLinkedTokenSource(_life.Token);
        _watch = WatchAsync(TimeSpan.FromMilliseconds(_periodMs), _watching.Token);
    }

    private async Task StopAsync()
    {
        if (_watching is { } watching)
        {
            _watching = null;
            await watching.CancelAsync();
            await _watch;
            watching.Dispose();
        }
    }

    private async Task WatchAsync(TimeSpan period, CancellationToken cancellationToken)
    {
        using var watch = Feed.Watch(period);
        if (_groups.Count == 0)
        {
            (_groups, _missing) = (MonitorGroup.Of(watch.Metrics), watch.Missing);
            StateHasChanged();
        }
        using var timer = new PeriodicTimer(period, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                // One call at a time: a browser that is slow, or away for a while, gets fewer samples rather than a queue of them.
                if (watch.Latest() is { } sample)
                {
                    string[] texts = [.. watch.Metrics.Select((metric, index) => MonitorFigures.Of(metric, sample.Values[index]))];
                    await _module!.PushAsync(new MonitorFrame(sample.Values, texts, MonitorFigures.Of(sample.Cost)), cancellationToken);
                }
            }
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The page was left, or another rate was chosen.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _life.Dispose();
        await StopAsync();
        if (_module is not null)
        {
            await _module.DisposeAsync();
        }
    }
}
