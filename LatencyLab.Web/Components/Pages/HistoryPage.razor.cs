using LatencyLab.Web.Comparisons;
using LatencyLab.Web.Components.Controls;
using LatencyLab.Web.Components.Results;
using LatencyLab.Web.History;
using LatencyLab.Web.History.Kinds;
using LatencyLab.Web.History.Transfer;
using LatencyLab.Web.Profiles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Components.Pages;

/// <summary>All runs: find, open, compare, export, import, delete.</summary>
public sealed partial class HistoryPage : IDisposable
{
    private const int ComparedRuns = 2;
    private const long BytesPerMegabyte = 1_000_000;

    private readonly ComponentLife _life = new();
    private RunFilter _filter = new();
    private RunFacets _facets = new([], [], []);
    private RunList? _list;
    private ImportReport? _report;
    private Problem? _problem;
    private string _announcement = "";
    private IReadOnlyList<string> _chosen = [];

    [Inject]
    public required IRunHistory History { get; init; }

    [Inject]
    public required RunKinds Kinds { get; init; }

    [Inject]
    public required IHistoryImporter Importer { get; init; }

    [Inject]
    public required ComparisonStore Recent { get; init; }

    [Inject]
    public required IProfileService Profiles { get; init; }

    [Inject]
    public required IOptions<HistoryOptions> Options { get; init; }

    private Verdict Headline => new(
        _list is null ? "History" : _list.Total == 1 ? "One run" : $"{Figures.Count(_list.Total)} runs",
        "Every comparison, load run, profile and frontier is kept. Open one, or hold two against each other.");

    private int Pages => _list is null ? 1 : Math.Max(1, (_list.Total + _list.PageSize - 1) / _list.PageSize);

    private EventCallback<RunSummary> Deleting => Options.Value.ReadOnly ? default : EventCallback.Factory.Create<RunSummary>(this, DeleteAsync);

    protected override Task OnInitializedAsync() => LoadAsync();

    private string TitleOf(string kind) => Kinds.Find(kind)?.Title ?? kind;

    private string AddressOf(RunSummary run) => Kinds.Find(run.Kind)?.AddressOf(run.Id) ?? $"history/{Uri.EscapeDataString(run.Id)}";

    private string ExportAddress(string format)
    {
        var shown = _chosen.Count > 0 ? _chosen : [.. (_list?.Runs ?? []).Select(run => run.Id)];
        return $"/api/history/export?format={format}&ids={Uri.EscapeDataString(string.Join(',', shown))}";
    }

    private Task FilterAsync(RunFilter filter)
    {
        _filter = filter;
        return LoadAsync();
    }

    private Task GoToAsync(int page) => FilterAsync(_filter with { Page = page });

    private void Choose(string id) => _chosen = _chosen.Contains(id) ? [.. _chosen.Where(other => other != id)] : [.. _chosen.TakeLast(ComparedRuns - 1), id];

    private Task LoadAsync() => TryAsync(async () =>
    {
        _list = await History.ListAsync(_filter, _life.Token);
        _facets = await History.FacetsAsync(_life.Token);
        _announcement = Headline.Headline;
    });

    private Task DeleteAsync(RunSummary run) => TryAsync(async () =>
    {
        await History.DeleteAsync(run.Id, _life.Token);
        Recent.Remove(run.Id);
        Profiles.Remove(run.Id);
        _chosen = [.. _chosen.Where(id => id != run.Id)];
        await LoadAsync();
        _announcement = $"{run.Title} was deleted.";
    });

    private Task ImportAsync(InputFileChangeEventArgs change) => TryAsync(async () =>
    {
        _report = null;
        await using var file = change.File.OpenReadStream(Options.Value.ImportMegabytes * BytesPerMegabyte, _life.Token);
        _report = await Importer.ImportAsync(file, _life.Token);
        await LoadAsync();
    });

    private async Task TryAsync(Func<Task> work)
    {
        _problem = null;
        try
        {
            await work();
        }
        catch (HistoryException error)
        {
            _problem = new Problem("The history does not answer", error.Message);
        }
        catch (ImportRefusedException refused)
        {
            _problem = new Problem("The file cannot be imported", refused.Message);
        }
        catch (IOException error)
        {
            _problem = new Problem("The file could not be read", error.Message);
        }
        catch (OperationCanceledException) when (_life.IsOver)
        {
            // The page was left.
        }
    }

    public void Dispose()
    {
        _life.Dispose();
    }
}
