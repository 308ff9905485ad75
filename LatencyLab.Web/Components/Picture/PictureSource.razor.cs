using LatencyLab.Web.Components.Controls;
using LatencyLab.Web.Components.Interop;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Picture;

/// <summary>Where a picture comes from: drop, paste, browse, camera or sample.</summary>
public sealed partial class PictureSource : IAsyncDisposable
{
    private UploadModule? _uploads;
    private DotNetObjectReference<PictureSource>? _self;
    private ElementReference _zone;
    private ElementReference _input;
    private UploadUnderWay? _upload;
    private Problem? _problem;
    private bool _camera;

    private sealed record UploadUnderWay(string Name, long SizeBytes, double Share);

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Parameter]
    public PictureChoice? Picture { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<Sample> Samples { get; set; }

    /// <summary>Raised when a picture is there to be compared.</summary>
    [Parameter]
    public EventCallback<PictureChoice> OnPicture { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _uploads = new UploadModule(Js);
            await _uploads.AttachAsync(_zone, _input, _self);
        }
    }

    [JSInvokable]
    public void OnUploadStarted(string name, long sizeBytes) => Show(new UploadUnderWay(name, sizeBytes, 0));

    [JSInvokable]
    public void OnUploadProgress(double share) => Show(_upload is null ? null : _upload with { Share = Math.Clamp(share, 0, 1) });

    [JSInvokable]
    public void OnUploadCancelled() => Show(null);

    [JSInvokable]
    public void OnUploadFailed(Problem problem) => Show(null, problem);

    [JSInvokable]
    public Task OnUploadCompleted(UploadedPicture picture, double uploadMs)
    {
        Show(null);
        return OnPicture.InvokeAsync(PictureChoice.Of(picture, uploadMs));
    }

    private void Show(UploadUnderWay? upload, Problem? problem = null)
    {
        _upload = upload;
        _problem = problem;
        StateHasChanged();
    }

    private Task ChooseSampleAsync(Sample sample)
    {
        _problem = null;
        return OnPicture.InvokeAsync(PictureChoice.Of(sample));
    }

    private async Task CancelAsync()
    {
        if (_uploads is not null)
        {
            await _uploads.CancelAsync();
        }
    }

    private async Task SendCapturedAsync(IJSObjectReference picture)
    {
        _camera = false;
        if (_uploads is not null)
        {
            await _uploads.SendAsync(picture, "camera.jpg");
        }
        await picture.DisposeSafelyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_uploads is not null)
        {
            await _uploads.DisposeAsync();
        }
        _self?.Dispose();
    }
}
