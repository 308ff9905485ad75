using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;
using LatencyLab.Inference.Sweeps;
using LatencyLab.Web.Components.Controls;
using LatencyLab.Web.History;
using LatencyLab.Web.Profiles;
using Microsoft.AspNetCore.Components;

namespace LatencyLab.Web.Components.Pages;

/// <summary>What to profile, what was profiled, and what the machine does.</summary>
public sealed partial class ProfilePage : IAsyncDisposable
{
    private const int ShownProfiles = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ComponentLife _life = new();
    private Task _watching = Task.CompletedTask;
    private ModelSummary? _model;
    private IReadOnlyList<VariantStatus> _variants = [];
    private ShapeFreedom? _freedom;
    private IReadOnlyList<ProfileStatus> _unfinished = [];
    private IReadOnlyList<RunSummary> _stored = [];
    private Problem? _problem;

    [Inject]
    public required IProfileService Service { get; init; }

    [Inject]
    public required IRunHistory History { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _unfinished = Service.Unfinished;
        if (Service.Models is [var first, ..])
        {
            await ChooseAsync(first.Id);
        }
        await LoadStoredAsync();
        // States of variants and of running profiles change on their own.
        _watching = _life.EveryAsync(Interval, Time, () => InvokeAsync(RefreshAsync));
    }

    private async Task ChooseAsync(string modelId)
    {
        (_model, _freedom) = (Service.Models.First(model => model.Id == modelId), null);
        _variants = Service.Variants(modelId);
        try
        {
            _freedom = await Service.FreedomAsync(modelId, _life.Token);
        }
        catch (InvalidModelException invalid)
        {
            _problem = new Problem("The model file cannot be read", invalid.Message);
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private void Start(SweepSettings settings)
    {
        _problem = null;
        try
        {
            Navigation.NavigateTo($"profile/{Service.Start(settings).Id}");
        }
        catch (Exception refused) when (refused is SweepException or KeyNotFoundException)
        {
            _problem = new Problem("This cannot be measured", refused.Message);
        }
        catch (JobQueueFullException full)
        {
            _problem = new Problem("Too many jobs are waiting", full.Message);
        }
    }

    private async Task LoadStoredAsync()
    {
        try
        {
            var runs = (await History.ListAsync(new RunFilter { Kind = ProfileStatus.RunKind, PageSize = ShownProfiles }, _life.Token)).Runs;
            // The others are listed as what can be gone on with.
            _stored = [.. runs.Where(run => run.Status == RunStatus.Completed)];
        }
        catch (HistoryException error)
        {
            _problem = new Problem("The history does not answer", error.Message);
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private async Task RefreshAsync()
    {
        var unfinished = Service.Unfinished;
        if (ReadVariants() is not { } variants)
        {
            // Somebody has removed the model.
            await ChooseAsync(Service.Models[0].Id);
            StateHasChanged();
            return;
        }
        if (unfinished.Count < _unfinished.Count)
        {
            await LoadStoredAsync();
        }
        if (!unfinished.Select(Shown).SequenceEqual(_unfinished.Select(Shown)) || !variants.SequenceEqual(_variants))
        {
            (_unfinished, _variants) = (unfinished, variants);
            StateHasChanged();
        }
    }

    private IReadOnlyList<VariantStatus>? ReadVariants()
    {
        try
        {
            return _model is null ? _variants : Service.Variants(_model.Id);
        }
        catch (KeyNotFoundException)
        {
            return null;
        }
    }

    private static (string, JobState, double?) Shown(ProfileStatus profile) => (profile.Id, profile.State, profile.Progress);

    public async ValueTask DisposeAsync()
    {
        _life.Dispose();
        await _watching;
    }
}
