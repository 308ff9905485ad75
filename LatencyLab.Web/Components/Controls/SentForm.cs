using LatencyLab.Web.Components.Interop;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Controls;

/// <summary>A form with files that goes to the API by plain HTTP: what is under way, and why it was refused.</summary>
public abstract class SentForm : ComponentBase, IAsyncDisposable
{
    private FormModule? _module;
    private bool _attached;
    private DotNetObjectReference<SentForm>? _self;

    [Inject]
    public required IJSRuntime Js { get; init; }

    /// <summary>What may be sent.</summary>
    [Parameter, EditorRequired]
    public required UploadLimits Limits { get; set; }

    /// <summary>Gets the identifier of what the server made of it.</summary>
    [Parameter]
    public EventCallback<string> OnAccept { get; set; }

    /// <summary>The form's element.</summary>
    protected ElementReference Form { get; set; }

    /// <summary>Why the last attempt was refused; null while all is well.</summary>
    protected Problem? Problem { get; set; }

    /// <summary>What the server made of the form that was sent last; null before, and once another is under way.</summary>
    protected Accepted? Accepted { get; private set; }

    /// <summary>Share that has arrived, 0 to 1; null while nothing is sent.</summary>
    protected double? Sending { get; private set; }

    /// <summary>Whether it can be sent now. Before the script has taken the form over, the browser itself would send it and leave the page.</summary>
    protected bool CanSend => _attached && Sending is null;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = new FormModule(Js);
            await _module.AttachAsync(Form, Limits, _self);
            _attached = true;
            StateHasChanged();
        }
    }

    /// <summary>The form is under way.</summary>
    /// <param name="share">Share that has arrived, 0 to 1.</param>
    [JSInvokable]
    public void OnSending(double share)
    {
        (Sending, Problem, Accepted) = (Math.Clamp(share, 0, 1), null, null);
        StateHasChanged();
    }

    /// <summary>The server took it.</summary>
    /// <param name="accepted">What it made of it.</param>
    [JSInvokable]
    public Task OnAccepted(Accepted accepted)
    {
        ArgumentNullException.ThrowIfNull(accepted);
        (Sending, Problem, Accepted) = (null, null, accepted);
        StateHasChanged();
        return OnAccept.InvokeAsync(accepted.Id);
    }

    /// <summary>The server refused it, or it never arrived.</summary>
    [JSInvokable]
    public void OnRefused(Problem problem)
    {
        (Sending, Problem) = (null, problem);
        StateHasChanged();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
        {
            await _module.DisposeAsync();
        }
        _self?.Dispose();
        GC.SuppressFinalize(this);
    }
}
