using LatencyLab.Inference.Models;
using LatencyLab.Web.Components.Controls;
using LatencyLab.Web.Components.Interop;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Jobs;

/// <summary>What to quantize to, how, and on which pictures.</summary>
public sealed partial class QuantizeForm : IAsyncDisposable
{
    private QuantizeModule? _module;
    private DotNetObjectReference<QuantizeForm>? _self;
    private ElementReference _form;
    private Problem? _problem;
    private double? _sending;
    private string _precision = Precisions.Int8;
    private string _method = "min-max";

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Parameter, EditorRequired]
    public required string ModelId { get; set; }

    /// <summary>Pictures that the configured folder offers; 0 where none is configured.</summary>
    [Parameter]
    public int ConfiguredPictures { get; set; }

    /// <summary>What may be sent.</summary>
    [Parameter, EditorRequired]
    public required UploadLimits Limits { get; set; }

    /// <summary>Raised when the job is in the queue.</summary>
    [Parameter]
    public EventCallback OnJobStarted { get; set; }

    private bool Calibrates => _precision == Precisions.Int8;

    private string MethodHint => _method switch
    {
        "percentile" => "Percentile: cuts the rarest values off, so that outliers do not coarsen the rest.",
        "entropy" => "Entropy: keeps the range that loses the least information about the values' distribution.",
        "mse" => "MSE: keeps the range with the smallest mean squared rounding error.",
        _ => "Min-max: the range from the smallest to the largest value seen; nothing is cut off.",
    };

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = new QuantizeModule(Js);
            await _module.AttachAsync(_form, Limits, _self);
        }
    }

    /// <summary>The form is under way.</summary>
    /// <param name="share">Share that has arrived, 0 to 1.</param>
    [JSInvokable]
    public void OnSending(double share)
    {
        (_sending, _problem) = (Math.Clamp(share, 0, 1), null);
        StateHasChanged();
    }

    /// <summary>The job is in the queue.</summary>
    [JSInvokable]
    public Task OnStarted()
    {
        (_sending, _problem) = (null, null);
        StateHasChanged();
        return OnJobStarted.InvokeAsync();
    }

    /// <summary>The request was refused.</summary>
    [JSInvokable]
    public void OnRefused(Problem problem)
    {
        (_sending, _problem) = (null, problem);
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
        {
            await _module.DisposeAsync();
        }
        _self?.Dispose();
    }
}
