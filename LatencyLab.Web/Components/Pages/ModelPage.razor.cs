using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Layers;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Facts;
using LatencyLab.Inference.Optimization.Jobs;
using LatencyLab.Inference.Optimization.Sensitivity;
using LatencyLab.Inference.Sessions;
using LatencyLab.Web.Components.Controls;
using LatencyLab.Web.Components.Jobs;
using LatencyLab.Web.Zoo;
using Microsoft.AspNetCore.Components;

namespace LatencyLab.Web.Components.Pages;

/// <summary>One model: its facts, its variants, their layers, and the way to a further variant.</summary>
public sealed partial class ModelPage : IAsyncDisposable
{
    private static readonly TimeSpan StatusInterval = TimeSpan.FromMilliseconds(500);

    private readonly ComponentLife _life = new();
    private JobWatch? _watch;
    private Task _watching = Task.CompletedTask;
    private Model? _model;
    private GraphFacts? _facts;
    private Problem? _factsProblem;
    private Problem? _problem;
    private IReadOnlyList<VariantStatus> _variants = [];
    private string _variantId = "";
    private string? _otherId;
    private LayerDiff? _diff;
    private string _announcement = "";

    [Inject]
    public required IZooService Service { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    /// <summary>The model's identifier.</summary>
    [Parameter]
    public required string ModelId { get; set; }

    private LayerProfile? Profile => Service.Profile(ModelId, _variantId);

    // The table is drawn anew for a new object only.
    private LayerDiff? Diff
    {
        get
        {
            var left = _otherId is null ? null : Service.Profile(ModelId, _otherId);
            var right = Profile;
            if (left is null || right is null)
            {
                return null;
            }
            return _diff is { } known && ReferenceEquals(known.Left, left) && ReferenceEquals(known.Right, right) ? known : _diff = Service.Diff(left, right);
        }
    }

    private JobStatus? LayersJob => JobsOf(JobKinds.Layers).LastOrDefault(job => job.IsActive);

    private JobStatus? LayersEnded => JobsOf(JobKinds.Layers).FirstOrDefault(job => !job.IsActive);

    private IReadOnlyList<LayerSensitivity> SensitiveLayers =>
        JobsOf(SensitivityJobs.Kind).Select(job => job.Result).OfType<SensitivityReport>().FirstOrDefault()?.Layers ?? [];

    protected override async Task OnInitializedAsync()
    {
        _model = Service.Find(ModelId);
        if (_model is null)
        {
            return;
        }
        _variants = Service.Variants(ModelId);
        // The optimized model is what a reader wants to look into; without one, the first.
        _variantId = (_variants.FirstOrDefault(variant => variant.Precision == Precisions.Int8) ?? _variants[0]).Id;
        _watch = new JobWatch(() => Service.Jobs, Time, () => InvokeAsync(Moved));
        _watch.Start();
        _watching = _life.EveryAsync(StatusInterval, Time, () => InvokeAsync(ReadUnsettledVariants));
        try
        {
            _facts = await Service.FactsAsync(ModelId, _life.Token);
        }
        catch (InvalidModelException invalid)
        {
            _factsProblem = new Problem("The model file cannot be read", invalid.Message);
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private IEnumerable<JobStatus> JobsOf(string kind) => (_watch?.Jobs ?? []).Where(job => job.Kind == kind && job.ModelId == ModelId);

    private void Choose((string VariantId, string? OtherId) choice) => (_variantId, _otherId) = choice;

    private void MeasureLayers()
    {
        _problem = null;
        try
        {
            Service.ProfileLayers(ModelId, _otherId is null ? [_variantId] : [_variantId, _otherId]);
            _announcement = "Measuring the layers.";
        }
        catch (JobQueueFullException full)
        {
            _problem = new Problem("Too many jobs are waiting", full.Message);
        }
        _watch?.Refresh();
    }

    private void JobStarted(string jobId) => _watch?.Refresh();

    private void Cancel(string jobId)
    {
        Service.Cancel(jobId);
        _watch?.Refresh();
    }

    private void RemoveVariant(string variantId)
    {
        _problem = null;
        try
        {
            Service.RemoveVariant(ModelId, variantId);
            _announcement = "The variant is removed.";
        }
        catch (Exception error) when (error is KeyNotFoundException or IOException or UnauthorizedAccessException)
        {
            _problem = new Problem("The variant could not be removed", error.Message);
        }
        ReadVariants();
        _variantId = _variants.Any(variant => variant.Id == _variantId) ? _variantId : _variants[0].Id;
        _otherId = _variants.Any(variant => variant.Id == _otherId) ? _otherId : null;
    }

    private void RemoveModel()
    {
        _problem = null;
        try
        {
            Service.RemoveModel(ModelId);
        }
        catch (Exception error) when (error is ModelRemovalRefusedException or IOException or UnauthorizedAccessException)
        {
            _problem = new Problem("The model could not be removed", error.Message);
            return;
        }
        catch (KeyNotFoundException)
        {
            // Somebody else was faster.
        }
        Navigation.NavigateTo("models");
    }

    private void ReadVariants()
    {
        try
        {
            _variants = Service.Variants(ModelId);
        }
        catch (KeyNotFoundException)
        {
            // Somebody has removed the model.
            _model = null;
        }
    }

    private void Moved()
    {
        // What has just ended may have made a variant, or written an accuracy into the card.
        _model = Service.Find(ModelId);
        ReadVariants();
        var latest = _watch!.Jobs.Where(job => job.ModelId == ModelId && !job.IsActive).MaxBy(job => job.FinishedAt);
        _announcement = latest is { } job ? $"{job.Title}: {job.State.ToString().ToLowerInvariant()}." : _announcement;
        StateHasChanged();
    }

    // Until every variant is ready or has failed, their states change on their own.
    private void ReadUnsettledVariants()
    {
        if (_model is not null && _variants.Any(variant => variant.State is not (VariantState.Ready or VariantState.Failed)))
        {
            ReadVariants();
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
