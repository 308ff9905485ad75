using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models.Catalog;
using LatencyLab.Inference.Models.Import;
using LatencyLab.Web.Components.Charts;
using LatencyLab.Web.Components.Controls;
using LatencyLab.Web.Components.Jobs;
using LatencyLab.Web.Components.Results;
using LatencyLab.Web.Zoo;
using Microsoft.AspNetCore.Components;

namespace LatencyLab.Web.Components.Pages;

/// <summary>All models: what each costs in accuracy, time and bytes.</summary>
public sealed partial class ModelsPage : IAsyncDisposable
{
    private JobWatch? _watch;
    private Problem? _problem;
    private string? _startedId;
    private string _announcement = "";

    [Inject]
    public required IZooService Service { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    private Verdict Headline => Service.Frontier is { } frontier && frontier.Rows.Where(row => row.OnFrontier).ToArray() is { Length: > 0 } best
        ? new Verdict(
            $"{Figures.Count(best.Length)} of {Figures.Count(frontier.Rows.Count, "configuration")} cannot be beaten",
            $"The fastest of them, {FrontierDrawing.NameOf(best[0], TitleOf)}, is {Figures.Ratio(best[0].Speedup.Value)} as fast as the untouched base model.")
        : new Verdict(
            Service.Models.Count == 1 ? "One model" : $"{Figures.Count(Service.Models.Count)} models",
            "What each costs in accuracy, time and bytes. Choose one for its facts, its layers, and to quantize it.");

    private JobStatus? Ended => _watch?.Jobs.FirstOrDefault(job => job.Kind == JobKinds.Frontier && !job.IsActive);

    private IReadOnlyList<JobStatus> Pulls => [.. (_watch?.Jobs ?? []).Where(job => job.Kind == PullJobs.Kind)];

    protected override void OnInitialized()
    {
        _watch = new JobWatch(() => Service.Jobs, Time, () => InvokeAsync(Moved));
        _watch.Start();
    }

    private string TitleOf(string modelId) => Service.Models.FirstOrDefault(model => model.Id == modelId)?.Title ?? modelId;

    private void Measure((int Rounds, string BaseModelId) wish) => Start(() => Service.MeasureFrontier(wish.Rounds, wish.BaseModelId), "Measuring.");

    private void Pull(string publishedId) => Start(() => Service.Pull(publishedId), "Pulling.");

    private void Start(Func<JobStatus> start, string announcement)
    {
        _problem = null;
        try
        {
            _startedId = start().Id;
            _announcement = announcement;
        }
        catch (JobQueueFullException full)
        {
            _problem = new Problem("Too many jobs are waiting", full.Message);
        }
        catch (ModelRefusedException refused)
        {
            _problem = new Problem("The model cannot be pulled", refused.Message);
        }
        _watch?.Refresh();
    }

    // The form says what came in; drawn anew, the table has it too.
    private void Imported() => _problem = null;

    private void Cancel(string jobId)
    {
        Service.Cancel(jobId);
        _watch?.Refresh();
    }

    private void Moved()
    {
        if (_startedId is { } id && _watch?.Jobs.FirstOrDefault(job => job.Id == id) is { IsActive: false } ended)
        {
            _startedId = null;
            _announcement = ended.State switch
            {
                JobState.Done when ended.Kind == PullJobs.Kind => $"{ended.Title}: done.",
                JobState.Done => $"{Headline.Headline}. {Headline.Basis}",
                JobState.Failed => $"{ended.Title} failed. {ended.Message}",
                JobState.Cancelled => "Cancelled.",
                _ => "",
            };
        }
        StateHasChanged();
    }

    public ValueTask DisposeAsync() => _watch?.DisposeAsync() ?? ValueTask.CompletedTask;
}
