using LatencyLab.Web.Components.Interop;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Picture;

/// <summary>The camera's picture with a shutter, or the reason why there is none.</summary>
public sealed partial class WebcamCapture : IAsyncDisposable
{
    private WebcamModule? _webcam;
    private ElementReference _video;
    private bool _running;
    private string? _refusal;

    [Inject]
    public required IJSRuntime Js { get; init; }

    /// <summary>Raised with the still picture, which stays in the browser.</summary>
    [Parameter]
    public EventCallback<IJSObjectReference> OnCaptured { get; set; }

    [Parameter]
    public EventCallback OnClosed { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }
        _webcam = new WebcamModule(Js);
        _refusal = (await _webcam.StartAsync(_video)).Refusal;
        _running = _refusal is null;
        StateHasChanged();
    }

    private async Task CaptureAsync()
    {
        if (_webcam is not null)
        {
            var picture = await _webcam.CaptureAsync(_video);
            await StopAsync();
            await OnCaptured.InvokeAsync(picture);
        }
    }

    private async Task CloseAsync()
    {
        await StopAsync();
        await OnClosed.InvokeAsync();
    }

    private async Task StopAsync()
    {
        if (_running && _webcam is not null)
        {
            _running = false;
            await _webcam.StopAsync(_video);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The browser turned the camera off when it left the page.
        }
        if (_webcam is not null)
        {
            await _webcam.DisposeAsync();
        }
    }
}
