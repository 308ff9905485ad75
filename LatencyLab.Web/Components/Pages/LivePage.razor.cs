using LatencyLab.Inference.Live;
using LatencyLab.Inference.Sessions;
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
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Pages;

/// <summary>The live session for an audience, or a recording of one. Every viewer sees the same run; anyone who can open the page steers it.</summary>
public sealed partial class LivePage : IAsyncDisposable
{
    private static readonly Segment<bool>[] Views = [new(false, "Charts"), new(true, "Table")];

    private readonly CancellationTokenSource _closed = new();
    private DotNetObjectReference<LivePage>? _self;
    private LiveKeysModule? _keys;
    private AddressModule? _address;
    private LiveCharts? _charts;
    private LiveViewing? _viewing;
    private AudiencePanel? _audience;

    private LiveStatus _status = null!;
    private LiveFrame? _frame;
    private IReadOnlyList<LiveChartVariant> _variants = [];
    private ReplayPlayer? _player;
    private string? _modelId;
    private IReadOnlyList<VariantStatus> _statuses = [];
    private IReadOnlyList<string>? _variantIds;
    private PictureChoice? _picture;
    private Problem? _problem;
    private string _announcement = "";
    private bool _asTable;
    private bool _help;
    private bool _presenting;
    private bool _awaitsAnswers;

    [Inject]
    public required ILiveSession Session { get; init; }

    [Inject]
    public required LiveAudience Audience { get; init; }

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

    protected override void OnInitialized()
    {
        _presenting = Present == "1";
        _status = Session.Status;
        // The model of an earlier run may have been removed.
        _modelId = Service.Models.Any(model => model.Id == _status.ModelId) ? _status.ModelId : Service.Models is [var first, ..] ? first.Id : null;
        _statuses = _modelId is null ? [] : Service.Variants(_modelId);
        Session.Changed += Follow;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }
        _self = DotNetObjectReference.Create(this);
        _keys = new LiveKeysModule(Js);
        _address = new AddressModule(Js);
        await _keys.AttachAsync(_self);
        await _keys.PresentAsync(_presenting);
        await WatchAsync();
    }

    /// <summary>A key of <c>js/live-keys.js</c>.</summary>
    [JSInvokable]
    public async Task OnKey(string action)
    {
        await (action switch
        {
            "toggle" => ToggleAsync(),
            "stop" => StopAsync(),
            "present" => PresentAsync(),
            "faster" => SetRateAsync(RateSteps.Above(_status.RatePerSecond)),
            "slower" => SetRateAsync(RateSteps.Below(_status.RatePerSecond)),
            "approve" => _audience?.ApproveFirstAsync() ?? Task.CompletedTask,
            "decline" => _audience?.DeclineFirstAsync() ?? Task.CompletedTask,
            _ => Task.CompletedTask,
        });
        if (action == "record")
        {
            Record();
        }
        _help = action switch { "help" => !_help, "close" => false, _ => _help };
        StateHasChanged();
    }

    private async Task ToggleAsync()
    {
        if (_player is { } player)
        {
            player.Toggle();
        }
        else if (_status.State == LiveState.Running)
        {
            Session.Pause();
        }
        else if (_status.State == LiveState.Paused)
        {
            Session.Resume();
        }
        else if (_status.State != LiveState.Starting)
        {
            await StartAsync();
        }
    }

    private async Task StartAsync()
    {
        _problem = null;
        try
        {
            var settings = new LiveSettings { ModelId = _modelId, VariantIds = _variantIds, ImageIds = _picture is null ? [] : [_picture.ImageId] };
            await Session.StartAsync(settings, _closed.Token);
        }
        catch (KeyNotFoundException error)
        {
            _problem = new Problem("The run cannot start", error.Message);
        }
    }

    private async Task ShowAudienceAsync(AudiencePicture picture)
    {
        if (!_status.IsActive())
        {
            await StartAsync();
        }
        else if (_status.State == LiveState.Paused)
        {
            Session.Resume();
        }
        // The page goes on; the sender's phone waits for the answers.
        _ = Audience.ShowAsync(picture, CancellationToken.None);
    }

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
        if (_player is null && _status.Recording is { Active: true })
        {
            Session.StopRecording();
        }
        else if (_player is null)
        {
            Session.StartRecording();
        }
    }

    private async Task PresentAsync()
    {
        _presenting = !_presenting;
        await (_keys?.PresentAsync(_presenting) ?? ValueTask.CompletedTask);
        await (_address?.ReplaceAsync(_presenting ? "live?present=1" : "live") ?? Task.CompletedTask);
    }

    private void ChooseModel(string? modelId)
    {
        (_modelId, _variantIds) = (modelId, null);
        _statuses = modelId is null ? [] : Service.Variants(modelId);
    }

    private void ChoosePicture(PictureChoice picture)
    {
        _picture = picture;
        try
        {
            Session.ShowPicture(picture.ImageId);
        }
        catch (KeyNotFoundException error)
        {
            _problem = new Problem("The picture is gone", error.Message);
        }
    }

    private void ChooseAllSamples()
    {
        _picture = null;
        Session.ShowChosenPictures();
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
        await _closed.CancelAsync();
        if (_viewing is not null)
        {
            await _viewing.DisposeAsync();
        }
        await (_keys?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_address?.DisposeAsync() ?? ValueTask.CompletedTask);
        _self?.Dispose();
        _closed.Dispose();
    }
}
