using LatencyLab.Inference.Live;
using LatencyLab.Web.Audience;
using LatencyLab.Web.Comparisons;
using LatencyLab.Web.Components.Audience;
using LatencyLab.Web.Components.Controls;
using LatencyLab.Web.Components.Interop;
using LatencyLab.Web.Components.Live;
using LatencyLab.Web.Components.Picture;
using LatencyLab.Web.Components.Results;
using LatencyLab.Web.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Pages;

/// <summary>The live session for an audience, or a recording of one. Every viewer sees the same run; where there is an audience, only a presenter steers it.</summary>
public sealed partial class LivePage : IAsyncDisposable
{
    private static readonly Segment<bool>[] Views = [new(false, "Charts"), new(true, "Table")];

    private readonly ComponentLife _life = new();
    private DotNetObjectReference<LivePage>? _self;
    private LiveKeysModule? _keys;
    private AddressModule? _address;
    private LiveCharts? _charts;
    private LiveViewing? _viewing;
    private AudiencePanel? _audience;

    /// <summary>Null for whoever only watches: then there is nothing to click, and no key does anything.</summary>
    private LiveSteering? _steering;

    private LiveStatus _status = null!;
    private LiveFrame? _frame;
    private IReadOnlyList<LiveChartVariant> _variants = [];
    private ReplayPlayer? _player;
    private string _announcement = "";
    private bool _asTable;
    private bool _help;
    private bool _keysWork;
    private bool _presenting;
    private bool _awaitsAnswers;

    [Inject]
    public required ILiveSession Session { get; init; }

    [Inject]
    public required LiveAudience Audience { get; init; }

    [Inject]
    public required AudienceDoor Door { get; init; }

    [Inject]
    public required AuthenticationStateProvider Authentication { get; init; }

    [Inject]
    public required IComparisonService Service { get; init; }

    [Inject]
    public required SampleCatalogue Samples { get; init; }

    [Inject]
    public required IOptions<LiveOptions> Options { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    /// <summary>1 hides all chrome.</summary>
    [SupplyParameterFromQuery]
    public string? Present { get; set; }

    private Verdict Headline => _player is { } player
        ? new($"{player.Replay.Recording.ModelTitle}, replay", $"{Figures.Count(player.Replay.Recording.Variants.Count, "variant")} as they were recorded.")
        : _status.Headline();

    private double WindowSeconds => _player?.Replay.Recording.WindowSeconds ?? _status.WindowSeconds;

    private bool ShowsOnePicture => _player is null && !_awaitsAnswers && (_status.Shown is not null || _status.ImageIds.Count == 1);

    /// <summary>What there is to click; a projector shows nothing of it.</summary>
    private LiveSteering? Controls => _presenting ? null : _steering;

    protected override async Task OnInitializedAsync()
    {
        _presenting = Present == "1";
        _status = Session.Status;
        Session.Changed += Follow;
        // A circuit knows its user from the beginning: nothing is awaited here, and nothing rendered before.
        if ((await Authentication.GetAuthenticationStateAsync()).User.MaySteer(Door))
        {
            _steering = new LiveSteering(Session, Audience, Service, _life.Token);
            // The model of an earlier run may have been removed.
            _steering.ChooseModel(Service.Models.Any(model => model.Id == _status.ModelId) ? _status.ModelId : Service.Models is [var first, ..] ? first.Id : null);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }
        _self = _steering is null ? null : DotNetObjectReference.Create(this);
        _keys = new LiveKeysModule(Js);
        _address = new AddressModule(Js);
        await _keys.AttachAsync(_self);
        _keysWork = true;
        StateHasChanged();
        await _keys.PresentAsync(_presenting);
        await WatchAsync();
    }

    /// <summary>A key of <c>js/live-keys.js</c>.</summary>
    [JSInvokable]
    public async Task OnKey(string action)
    {
        if (_steering is null)
        {
            return;
        }
        await (action switch
        {
            "toggle" => ToggleAsync(),
            "stop" => StopAsync(),
            "present" => PresentAsync(),
            "faster" => SetRateAsync(RateSteps.Above(_status.RatePerSecond)),
            "slower" => SetRateAsync(RateSteps.Below(_status.RatePerSecond)),
            // A replay has no panel: what it would decide on is not to be seen.
            "approve" when _player is null => _audience?.ApproveFirstAsync() ?? Task.CompletedTask,
            "decline" when _player is null => _audience?.DeclineFirstAsync() ?? Task.CompletedTask,
            _ => Task.CompletedTask,
        });
        if (action == "record")
        {
            Record();
        }
        _help = action switch { "help" => !_help, "close" => false, _ => _help };
        StateHasChanged();
    }

    private Task ToggleAsync()
    {
        if (_player is null)
        {
            return _steering!.ToggleAsync();
        }
        _player.Toggle();
        return Task.CompletedTask;
    }

    private Task ShowPhotoAsync(AudiencePicture picture) => _steering!.ShowAsync(picture);

    private Task StopAsync() => _player is null ? Session.StopAsync() : CloseReplayAsync();

    private Task SetRateAsync(double rate)
    {
        if (_player is null)
        {
            Session.SetRate(rate);
        }
        return Task.CompletedTask;
    }

    private void Record()
    {
        if (_player is null)
        {
            _steering!.Record();
        }
    }

    private async Task PresentAsync()
    {
        _presenting = !_presenting;
        await (_keys?.PresentAsync(_presenting) ?? ValueTask.CompletedTask);
        await (_address?.ReplaceAsync(_presenting ? "live?present=1" : "live") ?? Task.CompletedTask);
    }

    private async Task ReplayAsync(LiveRecording recording)
    {
        _player = new ReplayPlayer(new LiveReplay(recording), Time);
        _player.Toggle();
        await WatchAsync();
        _announcement = "The replay plays.";
    }

    private void Seek(double seconds) => _player?.Seek(seconds);

    private Task CloseReplayAsync()
    {
        _player = null;
        _announcement = "The replay is closed.";
        return WatchAsync();
    }

    /// <summary>Shows the session's frames, or the replay's, from the beginning.</summary>
    private async Task WatchAsync()
    {
        if (_viewing is not null)
        {
            await _viewing.DisposeAsync();
        }
        _status = Session.Status;
        _variants = _player is { } player
            ? [.. player.Replay.Recording.Variants.Select(variant => new LiveChartVariant(variant.Id, variant.Title))]
            : [.. _status.Variants.Select(variant => new LiveChartVariant(variant.Id, variant.Title))];
        _frame = null;
        _viewing = new LiveViewing(_charts!, _variants, Time, frame =>
        {
            (_frame, _awaitsAnswers) = (frame, false);
            _status = Session.Status;
            StateHasChanged();
        });
        _viewing.Begin(_player, Session.Feed);
        StateHasChanged();
    }

    /// <summary>The session's state has changed, perhaps at another viewer's wish.</summary>
    private void Follow() => _ = InvokeAsync(async () =>
    {
        var before = _status;
        _status = Session.Status;
        // The last frame's answers are to the picture before; while the run is paused no other frame comes.
        _awaitsAnswers |= before.Shown?.Sha256 != _status.Shown?.Sha256;
        if (before.State != _status.State)
        {
            _announcement = _status.Message ?? $"{_status.State.Name()}.";
        }
        if (_player is null && before.StartedAt != _status.StartedAt && _charts is not null)
        {
            await WatchAsync();
        }
        StateHasChanged();
    });

    public async ValueTask DisposeAsync()
    {
        Session.Changed -= Follow;
        _life.Dispose();
        if (_viewing is not null)
        {
            await _viewing.DisposeAsync();
        }
        await (_keys?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_address?.DisposeAsync() ?? ValueTask.CompletedTask);
        _self?.Dispose();
    }
}
