using LatencyLab.Inference.Live;
using LatencyLab.Inference.Measurement;
using LatencyLab.Web.Components.Interop;
using LatencyLab.Web.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Live;

/// <summary>The live charts; frames are pushed past the renderer.</summary>
public sealed partial class LiveCharts : IAsyncDisposable
{
    private static readonly Stage[] Stages = [Stage.Queue, Stage.Decode, Stage.Resize, Stage.Normalize, Stage.Inference, Stage.Postprocess, Stage.Other];

    /// <summary>Of the frames before, one a second is enough to draw lines.</summary>
    private const double HistoryStepSeconds = 1;

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LiveModule? _module;
    private ElementReference _root;

    [Inject]
    public required IJSRuntime Js { get; init; }

    protected override bool ShouldRender() => false;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = new LiveModule(Js);
            await _module.CreateAsync(_root, LiveChartSetup.Empty);
            _ready.SetResult();
        }
    }

    /// <summary>Begins anew: other variants, another run, another position.</summary>
    /// <param name="variants">Who takes part.</param>
    /// <param name="before">The frames before, oldest first.</param>
    public async Task ResetAsync(IEnumerable<LiveChartVariant> variants, IReadOnlyList<LiveFrame> before)
    {
        await _ready.Task;
        await _module!.ResetAsync([.. variants], LiveFeedItem.Write(Thinned(before)));
    }

    /// <summary>Adds a frame; ends when the browser has it.</summary>
    public async Task PushAsync(string frame, CancellationToken cancellationToken)
    {
        await _ready.Task;
        await _module!.PushAsync(frame, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _ready.TrySetCanceled();
        return _module?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>A frame a second, and only the last with stages and buckets.</summary>
    private static List<LiveFrame> Thinned(IReadOnlyList<LiveFrame> frames)
    {
        var thinned = new List<LiveFrame>();
        for (var i = 0; i < frames.Count; i++)
        {
            if (i == frames.Count - 1)
            {
                thinned.Add(frames[i]);
            }
            else if (thinned.Count == 0 || frames[i].Seconds >= thinned[^1].Seconds + HistoryStepSeconds)
            {
                thinned.Add(frames[i] with { Variants = [.. frames[i].Variants.Select(variant => variant with { Stages = [], Buckets = [] })] });
            }
        }
        return thinned;
    }
}
