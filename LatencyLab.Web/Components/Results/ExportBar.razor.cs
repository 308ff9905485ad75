using LatencyLab.Web.Components.Interop;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Results;

/// <summary>Ways to take a result along: link, JSON, CSV, PNG.</summary>
public sealed partial class ExportBar : IAsyncDisposable
{
    private AddressModule? _address;
    private bool? _copied;
    private string? _id;

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>The comparison's identifier.</summary>
    [Parameter, EditorRequired]
    public required string ComparisonId { get; set; }

    /// <summary>Raised with a file name.</summary>
    [Parameter]
    public EventCallback<string> OnSavePng { get; set; }

    private string Id => Uri.EscapeDataString(ComparisonId);

    private string Permalink => $"comparisons/{Id}";

    protected override void OnParametersSet()
    {
        if (_id != ComparisonId)
        {
            (_id, _copied) = (ComparisonId, null);
        }
    }

    private Task SavePngAsync() => OnSavePng.InvokeAsync($"latencylab-{Id}.png");

    private async Task CopyAsync()
    {
        _address ??= new AddressModule(Js);
        _copied = await _address.CopyAsync(Permalink);
    }

    public async ValueTask DisposeAsync()
    {
        if (_address is not null)
        {
            await _address.DisposeAsync();
        }
    }
}
