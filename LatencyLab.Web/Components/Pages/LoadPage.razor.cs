using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;
using LatencyLab.Web.Components.Controls;
using LatencyLab.Web.Components.Jobs;
using LatencyLab.Web.Components.Picture;
using LatencyLab.Web.History;
using LatencyLab.Web.Loads;
using Microsoft.AspNetCore.Components;

namespace LatencyLab.Web.Components.Pages;

/// <summary>Puts load on a variant, and lists what was measured so.</summary>
public sealed partial class LoadPage : IAsyncDisposable
{
    private const int ShownRuns = 10;
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(1);

    private readonly ComponentLife _life = new();
    private JobWatch? _watch;
    private Task _watching = Task.CompletedTask;
    private ModelSummary? _model;
    private IReadOnlyList<VariantStatus> _variants = [];
    private IReadOnlyList<RunSummary> _stored = [];
    private Problem? _problem;
    private string _announcement = "";
    private string? _endedId;

    [Inject]
    public required ILoadService Service { get; init; }

    [Inject]
    public required IRunHistory History { get; init; }

    [Inject]
    public required SampleCatalogue Samples { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    protected override async Task OnInitializedAsync()
    {
        if (Service.Models is [var first, ..])
        {
            Choose(first.Id);
        }
        _watch = new JobWatch(() => Service.Jobs, Time, () => InvokeAsync(MovedAsync));
        _watch.Start();
        // Variants become ready on their own.
        _watching = _life.EveryAsync(StatusInterval, Time, () => InvokeAsync(ReadVariants));
        await LoadStoredAsync();
    }

    private void Choose(string modelId)
    {
        _model = Service.Models.First(model => model.Id == modelId);
        _variants = Service.Variants(modelId);
    }

    private void Start(LoadSettings settings)
    {
        _problem = null;
        try
        {
            Service.Start(settings);
            _announcement = "The load run waits its turn.";
        }
        catch (Exception refused) when (refused is LoadRefusedException or LoadSourceTakenException or KeyNotFoundException)
        {
            _problem = new Problem("This load cannot be put on", refused.Message);
        }
        catch (JobQueueFullException full)
        {
            _problem = new Problem("Too many jobs are waiting", full.Message);
        }
        _watch?.Refresh();
    }

    private void Cancel(string jobId)
    {
        Service.Cancel(jobId);
        _watch?.Refresh();
    }

    private async Task MovedAsync()
    {
        var ended = _watch!.Jobs.Where(job => !job.IsActive).MaxBy(job => job.FinishedAt);
        if (ended is not null && ended.Id != _endedId)
        {
            _endedId = ended.Id;
            _announcement = $"{ended.Title}: {ended.State.ToString().ToLowerInvariant()}.";
            // Only now: the database shall rest while something is measured.
            await LoadStoredAsync();
        }
        StateHasChanged();
    }

    private async Task LoadStoredAsync()
    {
        try
        {
            _stored = (await History.ListAsync(new RunFilter { Kind = LoadStatus.RunKind, PageSize = ShownRuns }, _life.Token)).Runs;
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

    private void ReadVariants()
    {
        try
        {
            if (_model is { } model && Service.Variants(model.Id) is var variants && !variants.SequenceEqual(_variants))
            {
                _variants = variants;
                StateHasChanged();
            }
        }
        catch (KeyNotFoundException)
        {
            // Somebody has removed the model.
            Choose(Service.Models[0].Id);
            StateHasChanged();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _life.Dispose();
        await _watching;
        if (_watch is not null)
        {
            await _watch.DisposeAsync();
        }
    }
}
