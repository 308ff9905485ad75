using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Sweeps;
using LatencyLab.Web.Components.Controls;
using LatencyLab.Web.Components.Sweeps;
using LatencyLab.Web.History;
using LatencyLab.Web.History.Kinds;
using LatencyLab.Web.Profiles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Components.Pages;

/// <summary>One profile: how far it is, or what came out.</summary>
public sealed partial class ProfileRunPage : IAsyncDisposable
{
    // As fast as words about a step can be read.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);

    private readonly ComponentLife _life = new();
    private Task _watching = Task.CompletedTask;
    private ProfileStatus? _profile;
    private Problem? _problem;
    private bool _looked;
    private string _announcement = "";

    [Inject]
    public required IProfileService Service { get; init; }

    [Inject]
    public required IRunHistory History { get; init; }

    [Inject]
    public required IOptions<HistoryOptions> Options { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    /// <summary>The profile's identifier.</summary>
    [Parameter]
    public required string ProfileId { get; set; }

    protected override async Task OnInitializedAsync()
    {
        try
        {
            _profile = await Service.FindAsync(ProfileId, _life.Token);
            _looked = true;
            _watching = _life.EveryAsync(Interval, Time, () => InvokeAsync(Refresh), isNeeded: () => _profile?.Result is null);
        }
        catch (HistoryException error)
        {
            _problem = new Problem("The history does not answer", error.Message);
        }
        catch (InvalidRunException error)
        {
            _problem = new Problem("This profile cannot be read", error.Message);
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private string TitleOf(string variantId) => _profile?.Result?.Variants.FirstOrDefault(variant => variant.Id == variantId)?.Title ?? variantId;

    private void Cancel() => Do(() => Service.Cancel(ProfileId));

    private void Resume() => Do(() => Service.Resume(ProfileId));

    private async Task DiscardAsync()
    {
        _problem = null;
        try
        {
            if (!Options.Value.ReadOnly)
            {
                // What it measured goes: its run in the history would lead to nothing.
                await History.DeleteAsync(ProfileId, _life.Token);
            }
            Service.Remove(ProfileId);
            Navigation.NavigateTo("profile");
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

    private void Do(Func<ProfileStatus> action)
    {
        _problem = null;
        try
        {
            _profile = action();
        }
        catch (Exception refused) when (refused is SweepException or KeyNotFoundException)
        {
            _problem = new Problem("The profile cannot go on", refused.Message);
        }
        catch (JobQueueFullException full)
        {
            _problem = new Problem("Too many jobs are waiting", full.Message);
        }
    }

    private void Refresh()
    {
        var before = _profile;
        if (before is null || Service.Find(ProfileId) is not { } now || now == before)
        {
            return;
        }
        _profile = now;
        _announcement = now.State == before.State ? _announcement : now switch
        {
            { Result: { } result } => SweepVerdict.Of(result, TitleOf).Headline + ".",
            { State: JobState.Cancelled } => "The profile was interrupted.",
            { State: JobState.Failed } => "The profile failed.",
            _ => "Measuring.",
        };
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        _life.Dispose();
        await _watching;
    }
}
