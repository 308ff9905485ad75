using LatencyLab.Web.Audience;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace LatencyLab.Web.Components.Audience;

/// <summary>The audience door on the Live page: its code for all, the photos for the presenter alone. Renders nothing where the configuration has no door.</summary>
public sealed partial class AudiencePanel : IDisposable
{
    private IReadOnlyList<AudiencePicture> _pending = [];
    private JoinAddress? _join;
    private ElementReference _section;

    [Inject]
    public required AudienceDoor Door { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>
    /// Gets each photo that the presenter approves; the door has let go of it by then. Tell its sender the outcome by
    /// <see cref="AudienceDoor.Answer"/>.
    /// </summary>
    [Parameter]
    public EventCallback<AudiencePicture> OnApproved { get; set; }

    /// <summary>Whether the hall sees the page: then there is the code and how many photos wait, and nothing to click or to see of them.</summary>
    [Parameter]
    public bool Presenting { get; set; }

    /// <summary>Whether whoever sees the page may decide on photos; whoever may not sees none.</summary>
    [Parameter]
    public bool Decides { get; set; }

    private bool ShowsPhotos => Decides && !Presenting;

    private string Waiting => _pending.Count == 0 ? "No photo is waiting."
        : Figures.Count(_pending.Count, "photo") + (Decides ? " waiting. Press P to look." : " waiting.");

    /// <summary>Approves the photo that has waited longest, if there is one to be seen: for a page with keys of its own.</summary>
    public Task ApproveFirstAsync() => ShowsPhotos && _pending is [var first, ..] ? ApproveAsync(first) : Task.CompletedTask;

    /// <summary>Declines the photo that has waited longest, if there is one to be seen.</summary>
    public Task DeclineFirstAsync() => ShowsPhotos && _pending is [var first, ..] ? DeclineAsync(first) : Task.CompletedTask;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Door.Changed += OnDoorChanged;
        Read();
    }

    private void OnDoorChanged() => _ = InvokeAsync(() =>
    {
        Read();
        StateHasChanged();
    });

    private void Read()
    {
        _pending = Door.Pending;
        _join = Door.Code is { } code ? JoinAddress.Of(Door.PublicAddress, new Uri(Navigation.BaseUri), code) : null;
    }

    private async Task ApproveAsync(AudiencePicture picture)
    {
        // Another presenter, or time, may have been faster.
        var approved = Door.Approve(picture.Id);
        await KeepFocusAsync();
        if (approved is not null)
        {
            await OnApproved.InvokeAsync(approved);
        }
    }

    private Task DeclineAsync(AudiencePicture picture)
    {
        Door.Decline(picture.Id);
        return KeepFocusAsync();
    }

    // The button that had the focus is gone with its photo; the keys go on working from here.
    private async Task KeepFocusAsync() => await _section.FocusAsync(preventScroll: true);

    private Task OnKeyAsync(KeyboardEventArgs key) => AudienceKeys.Of(key) switch
    {
        AudienceDecision.Approve => ApproveFirstAsync(),
        AudienceDecision.Decline => DeclineFirstAsync(),
        _ => Task.CompletedTask,
    };

    /// <inheritdoc/>
    public void Dispose() => Door.Changed -= OnDoorChanged;
}
