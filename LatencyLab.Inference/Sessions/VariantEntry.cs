using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Sessions;

/// <summary>A configured variant of a model on its way to answering, or there.</summary>
public sealed class VariantEntry
{
    private volatile VariantStatus _status;
    private volatile Variant? _variant;
    private volatile ModelFile? _file;

    internal VariantEntry(Model model, VariantOptions options, ModelFile? file = null)
    {
        Model = model;
        Options = options;
        _file = file;
        var local = options.Remote is null;
        _status = new VariantStatus
        {
            Id = options.Id,
            Title = options.Title,
            Description = options.Description,
            ModelId = model.Id,
            IsMade = file is not null,
            Precision = options.Precision,
            Provider = !local ? ExecutionProviders.Remote : options.Provider == "auto" ? "auto" : options.Provider.ToUpperInvariant(),
            Threads = local ? options.Threads : 0,
            GraphOptimization = options.GraphOptimization,
            ModelSizeBytes = local ? (file ?? model.FileOf(options.Precision))?.SizeBytes ?? 0 : 0,
            State = VariantState.Loading,
            Message = "waiting for its turn to load",
        };
    }

    /// <summary>What is run.</summary>
    public Model Model { get; }

    /// <summary>How it is run.</summary>
    public VariantOptions Options { get; }

    /// <summary>The file that it runs; null until it is found or made, and for a remote variant.</summary>
    public ModelFile? File
    {
        get => _file;
        internal set => _file = value;
    }

    /// <summary>Where it is on its way.</summary>
    public VariantStatus Status => _status;

    /// <summary>The variant once it answers; null before.</summary>
    public Variant? Variant => _variant;

    /// <summary>Ends when the variant answers or has failed; never throws.</summary>
    public Task Settled { get; internal set; } = Task.CompletedTask;

    internal void Update(VariantState state, string? message, double? progress = null) =>
        _status = _status with { State = state, Message = message, Progress = progress };

    internal void SetReady(Variant variant)
    {
        _variant = variant;
        _status = _status with
        {
            State = VariantState.Ready,
            Message = null,
            Progress = null,
            Provider = variant.Facts.Provider,
            Threads = variant.Facts.Threads,
            ModelSizeBytes = variant.Facts.ModelSizeBytes,
            ColdMs = variant.Facts.ColdMs,
            Notes = variant.Facts.Notes,
        };
    }
}
