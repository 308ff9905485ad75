using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Comparison.Claims;
using LatencyLab.Web.Components.Controls;
using LatencyLab.Web.Components.Interop;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Claims;

/// <summary>Shows what a comparison allows to be claimed of one variant, as card, text and Markdown.</summary>
public sealed partial class ClaimDialog : IAsyncDisposable
{
    private static readonly IReadOnlyList<Segment<string>> _themes = [new("light", "Light"), new("dark", "Dark")];

    private ClaimModule? _module;
    private ElementReference _dialog;
    private ElementReference _canvas;
    private IReadOnlyList<Claim> _claims = [];
    private ClaimMeasure _measure;
    private string _theme = "light";
    private bool _undrawn;
    private bool _opening;
    private bool? _copied;
    private string _copyText = "";

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Inject]
    public required ClaimMaker Maker { get; init; }

    private Claim? Current => _claims.FirstOrDefault(claim => claim.Measure == _measure) ?? (_claims is [var first, ..] ? first : null);

    private IReadOnlyList<Segment<ClaimMeasure>> Measures =>
        [.. _claims.Select(claim => new Segment<ClaimMeasure>(claim.Measure, claim.Measure == ClaimMeasure.Total ? "Total" : "Inference"))];

    /// <summary>Opens on the claims of one variant.</summary>
    public Task ShowAsync(ComparisonResult result, string variantId)
    {
        _claims = [.. Maker.Of(result).Where(claim => claim.VariantId == variantId)];
        (_measure, _copied, _undrawn, _opening) = (ClaimMeasure.Total, null, true, _claims.Count > 0);
        StateHasChanged();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_undrawn || Current is not { } claim)
        {
            return;
        }
        _undrawn = false;
        _module ??= new ClaimModule(Js);
        if (_opening)
        {
            _opening = false;
            _theme = await _module.OpenAsync(_dialog);
            StateHasChanged();
        }
        await _module.DrawAsync(_canvas, ClaimCardData.Of(claim, _theme));
    }

    private void ChooseMeasure(ClaimMeasure measure) => (_measure, _undrawn, _copied) = (measure, true, null);

    private void ChooseTheme(string theme) => (_theme, _undrawn) = (theme, true);

    private async Task SavePngAsync()
    {
        if (_module is not null && Current is { } claim)
        {
            await _module.SavePngAsync(_canvas, $"latencylab-{claim.VariantId}-{ClaimText.MeasureName(claim)}-{_theme}.png");
        }
    }

    private async Task CopyAsync(string text)
    {
        if (_module is not null)
        {
            (_copyText, _copied) = (text, await _module.CopyAsync(text));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
        {
            await _module.DisposeAsync();
        }
    }
}
