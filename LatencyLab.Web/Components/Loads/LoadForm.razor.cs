using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;
using LatencyLab.Web.Components.Controls;
using LatencyLab.Web.Components.Picture;
using LatencyLab.Web.Loads;
using Microsoft.AspNetCore.Components;

namespace LatencyLab.Web.Components.Loads;

/// <summary>What load to put on which variant; says beforehand what the result will not be able to tell.</summary>
public sealed partial class LoadForm
{
    private static readonly LoadSettings Defaults = new() { ModelId = "", VariantId = "" };
    private static readonly Segment<bool>[] Loops = [new(false, "Open loop"), new(true, "Closed loop")];

    private string? _variantId;
    private string _imageId = "";
    private bool _closed;
    private double _rate = 50;
    private double _fromRate = Defaults.FromRatePerSecond;
    private string _schedule = Defaults.Schedule;
    private int _clients = 1;
    private double _seconds = 15;
    private double _warmup = Defaults.WarmupSeconds;
    private Problem? _problem;

    [Parameter, EditorRequired]
    public required IReadOnlyList<ModelSummary> Models { get; set; }

    [Parameter, EditorRequired]
    public required ModelSummary Model { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<VariantStatus> Variants { get; set; }

    /// <summary>Pictures to choose from besides the drawn one.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Sample> Samples { get; set; }

    [Parameter, EditorRequired]
    public required LoadLimits Limits { get; set; }

    /// <summary>Gets the identifier of another model.</summary>
    [Parameter]
    public EventCallback<string> OnModel { get; set; }

    /// <summary>Gets the load to put on; its settings are within the limits.</summary>
    [Parameter]
    public EventCallback<LoadSettings> OnStart { get; set; }

    private VariantStatus? Variant => Variants.FirstOrDefault(variant => variant.Id == _variantId) ?? (Variants.Count > 0 ? Variants[0] : null);

    private bool IsRamp => _schedule == LoadSettings.Ramp;

    private string ScheduleHint => _schedule switch
    {
        LoadSettings.Constant => "Requests arrive evenly, whether or not the ones before them are answered.",
        LoadSettings.Ramp => "The rate rises evenly over the measured time: where latencies turn up is what the variant can take.",
        _ => "Requests arrive at random, as from many people who do not know of each other, whether or not the ones before are answered.",
    };

    private string SamplesHint
    {
        get
        {
            var needed = Percentile.MinimumSamples(0.99);
            if (_closed)
            {
                return $"The p99 needs {Figures.Count(needed)} answers.";
            }
            var expected = (IsRamp ? (_fromRate + _rate) / 2 : _rate) * _seconds;
            return expected >= needed
                ? $"About {Figures.Count((long)expected)} requests; the p99 needs {Figures.Count(needed)} answers."
                : $"About {Figures.Count((long)expected)} requests: too few for a p99, which needs {Figures.Count(needed)} answers.";
        }
    }

    private async Task StartAsync()
    {
        _problem = null;
        if (Variant is not { } variant)
        {
            _problem = new Problem("This model has no variant", "Configure one under LatencyLab:Variants.");
            return;
        }
        var settings = new LoadSettings
        {
            ModelId = Model.Id,
            VariantId = variant.Id,
            ClosedLoop = _closed,
            RatePerSecond = _closed ? null : _rate,
            FromRatePerSecond = IsRamp ? _fromRate : 0,
            Schedule = _schedule,
            Clients = _closed ? _clients : Defaults.Clients,
            ImageId = _imageId.Length > 0 ? _imageId : null,
            DurationSeconds = _seconds,
            WarmupSeconds = _warmup,
        };
        if (settings.Problem(Limits) is { } wrong)
        {
            _problem = new Problem("This load cannot be put on", wrong);
            return;
        }
        await OnStart.InvokeAsync(settings);
    }
}
