using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Sessions;
using LatencyLab.Web.Comparisons;
using LatencyLab.Web.Components.Charts;
using LatencyLab.Web.Components.Claims;
using LatencyLab.Web.Components.Controls;
using LatencyLab.Web.Components.Interop;
using LatencyLab.Web.Components.Picture;
using LatencyLab.Web.Components.Results;
using LatencyLab.Web.Components.Settings;
using LatencyLab.Web.History;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Pages;

/// <summary>One picture, several variants, side by side; also the permalink of a finished comparison.</summary>
public sealed partial class Compare : IAsyncDisposable
{
    private static readonly TimeSpan StatusInterval = TimeSpan.FromMilliseconds(500);

    private static readonly Verdict Invitation = new(
        "Which optimization makes it faster?",
        "Drop one photo. Each variant of the same classifier answers it, and the bars show where every millisecond went.");

    private readonly ComponentLife _life = new();
    private TimingModule? _timing;
    private AddressModule? _address;
    private ElementReference _results;
    private StagePanel? _stages;
    private ClaimDialog? _claim;
    private Task _watching = Task.CompletedTask;

    private CompareSettings _settings = new();
    private IReadOnlyList<VariantStatus> _statuses = [];
    private PictureChoice? _picture;
    private ComparisonRun? _run;
    private ComparisonResult? _result;
    private Problem? _problem;
    private string _announcement = "";

    [Inject]
    public required IComparisonService Service { get; init; }

    [Inject]
    public required SampleCatalogue Samples { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required ILogger<Compare> Log { get; init; }

    /// <summary>The kept comparison to show; null on the page's own address.</summary>
    [Parameter]
    public string? ComparisonId { get; set; }

    private Problem? Problem => _problem ?? _run?.Problem;

    private string ModelId => Service.Models.Any(model => model.Id == _settings.ModelId) ? _settings.ModelId! : Service.Models[0].Id;

    /// <summary>What is known of each variant so far: of the finished comparison, or of the one under way.</summary>
    private IReadOnlyList<VariantResult> Answers => _result?.Variants ?? (_run is { IsRunning: true } ? _run.Progress?.Variants : null) ?? [];

    private IReadOnlyList<VariantCardModel> Cards => VariantCardModel.Of(_statuses.Where(status => _settings.Includes(status.Id)), Answers, _result is not null);

    private string? FastestId => Answers.Where(variant => variant.Total is not null).MinBy(variant => variant.Total!.P50Ms) is { Speedup: { } speedup } fastest
        && SpeedupText.IsClear(speedup) ? fastest.Id : null;

    private string RunningText => _run?.Progress is { } progress
        ? $"Round {Figures.Count(progress.RoundsDone)} of {Figures.Count(progress.RoundsTotal)} · {_picture?.Name}"
        : $"{_picture?.Name} · {Figures.Count(_settings.Rounds, "round")}";

    private string ChartSubtitle => _result is null ? "" : $"{_result.Image.Name} · {Verdict.Of(_result).Headline}";

    private string ChartFooter => _result is null ? "" : string.Join(" · ", EnvironmentLine.Of(_result.Environment));

    protected override async Task OnInitializedAsync()
    {
        _settings = CompareSettings.Parse(Navigation.Uri);
        if (Service.Models.Count == 0)
        {
            _problem = new Problem("No model is configured", "Name a folder with a model card under LatencyLab:ModelPaths and restart.");
            return;
        }
        if (ComparisonId is not null)
        {
            await RestoreAsync(ComparisonId);
        }
        _statuses = Service.Variants(ModelId);
        _picture = Samples.Find(_settings.Sample) is { } sample ? PictureChoice.Of(sample) : null;
        _settings = _settings with { Sample = _picture?.ImageId };
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }
        _timing = new TimingModule(Js);
        _address = new AddressModule(Js);
        _watching = _life.EveryAsync(StatusInterval, Time, () => InvokeAsync(ReadStatuses));
        await _timing.PrepareAsync();
        if (_picture is not null && ComparisonId is null)
        {
            await CompareAsync();
        }
    }

    private async Task RestoreAsync(string id)
    {
        try
        {
            _result = await Service.FindAsync(id, _life.Token);
        }
        catch (HistoryException error)
        {
            _problem = new Problem("The history does not answer", error.Message);
            return;
        }
        if (_result is null)
        {
            _problem = new Problem("This result is no longer kept", "It was deleted, or never saved. Choose a picture to make a new one.");
            return;
        }
        _settings = _settings with
        {
            Mode = _result.Mode,
            Rounds = Math.Clamp(_result.Rounds, 1, CompareSettings.MaxRounds),
            ModelId = _result.Variants is [var first, ..] ? first.ModelId : _settings.ModelId,
            Sample = _settings.Sample ?? _result.Image.Name,
        };
    }

    private async Task ChoosePictureAsync(PictureChoice picture)
    {
        _picture = picture;
        _settings = _settings with { Sample = picture.ImageId == Samples.Find(picture.ImageId)?.File ? picture.ImageId : null };
        await CompareAsync();
    }

    private async Task ChangeSettingsAsync(CompareSettings settings)
    {
        var otherModel = settings.ModelId != _settings.ModelId;
        _settings = settings;
        if (otherModel)
        {
            _statuses = Service.Variants(ModelId);
            _result = null;
        }
        await ShowAddressAsync();
    }

    private async Task CompareAsync()
    {
        if (_picture is not { } picture || Service.Models.Count == 0)
        {
            return;
        }
        _run?.Dispose();
        var run = _run = new ComparisonRun(Service, Time, Log, () => _ = InvokeAsync(StateHasChanged));
        (_result, _problem) = (null, null);
        _announcement = "Comparing.";
        StateHasChanged();

        var result = await run.RunAsync(new CompareOptions
        {
            ImageId = picture.ImageId,
            ModelId = ModelId,
            VariantIds = _settings.VariantIds,
            Mode = _settings.Mode,
            Rounds = _settings.Rounds,
        });
        if (run != _run)
        {
            return;
        }
        if (result is null)
        {
            _announcement = run.Problem is null ? "Stopped." : "";
            StateHasChanged();
            return;
        }
        await ShowAsync(result, picture);
    }

    private async Task ShowAsync(ComparisonResult result, PictureChoice picture)
    {
        // Sent before the render batch on the same connection: the browser's clock starts when the result arrives.
        var painting = _timing?.MeasureRenderAsync(_results, result.Id) ?? Task.FromResult(0d);
        _result = result;
        _statuses = Service.Variants(ModelId);
        var verdict = Verdict.Of(result);
        _announcement = $"{verdict.Headline}. {verdict.Basis}.";
        StateHasChanged();

        try
        {
            var renderMs = await painting;
            if (Service.AttachBrowserTiming(result.Id, new BrowserTiming(picture.UploadMs, renderMs)) is { } timed && _result?.Id == result.Id)
            {
                _result = timed;
            }
            await ShowAddressAsync();
            StateHasChanged();
        }
        catch (JSDisconnectedException)
        {
            // The page was left before it was painted; the result is kept without that figure.
        }
    }

    private void Stop() => _run?.Cancel();

    private Task ClaimAsync(string variantId) => _claim is not null && _result is not null ? _claim.ShowAsync(_result, variantId) : Task.CompletedTask;

    private Task SavePngAsync(string fileName) => _stages?.SavePngAsync(fileName) ?? Task.CompletedTask;

    private Task ShowAddressAsync() =>
        _address?.ReplaceAsync(_settings.ToPath(_result is null ? "./" : $"comparisons/{Uri.EscapeDataString(_result.Id)}")) ?? Task.CompletedTask;

    // Until every variant is ready or has failed, their states change on their own.
    private void ReadStatuses()
    {
        if (_statuses.Any(status => status.State is not (VariantState.Ready or VariantState.Failed)))
        {
            _statuses = Service.Variants(ModelId);
            StateHasChanged();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _life.Dispose();
        _run?.Dispose();
        await _watching;
        if (_timing is not null)
        {
            await _timing.DisposeAsync();
        }
        if (_address is not null)
        {
            await _address.DisposeAsync();
        }
    }
}
