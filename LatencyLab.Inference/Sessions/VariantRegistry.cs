using System.Collections.Concurrent;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Runtime;
using Microsoft.Extensions.Logging;

namespace LatencyLab.Inference.Sessions;

/// <summary>
/// The configured variants of all models. A model's variants are prepared, loaded and warmed in the background when it is first asked
/// for, one after another so that they do not disturb each other's warm-up; asking never blocks.
/// </summary>
public sealed class VariantRegistry : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Model, string Variant), VariantEntry> _entries = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _loading = new(1);
    private readonly ModelCatalogue _catalogue;
    private readonly IReadOnlyList<VariantOptions> _variants;
    private readonly VariantLoader _loader;
    private readonly IModelPreparer _preparer;
    private readonly ILogger<VariantRegistry> _logger;
    private readonly MadeVariants? _made;
    private readonly Lock _gate = new();

    /// <summary>Begins with nothing loaded.</summary>
    /// <param name="catalogue">The models.</param>
    /// <param name="variants">The configured variants, control first; every model has them.</param>
    /// <param name="loader">Makes variants ready.</param>
    /// <param name="preparer">Makes files of precisions that a model does not ship with.</param>
    /// <param name="logger">Gets what went wrong.</param>
    /// <param name="made">Further variants, each of one model; may grow while the program runs.</param>
    public VariantRegistry(
        ModelCatalogue catalogue, IReadOnlyList<VariantOptions> variants, VariantLoader loader, IModelPreparer preparer,
        ILogger<VariantRegistry> logger, MadeVariants? made = null)
    {
        _catalogue = catalogue;
        _variants = variants;
        _loader = loader;
        _preparer = preparer;
        _logger = logger;
        _made = made;
    }

    /// <summary>The models that there are.</summary>
    public ModelCatalogue Catalogue => _catalogue;

    /// <summary>The configured variants, control first.</summary>
    public IReadOnlyList<VariantOptions> Variants => _variants;

    /// <summary>The variants of a model: the configured ones, then those made of it.</summary>
    public IReadOnlyList<VariantOptions> VariantsOf(Model model) => [.. Deployments(model).Select(deployment => deployment.Options)];

    /// <summary>Whether every configured variant of a model answers.</summary>
    public bool IsReady(string modelId) => Entries(modelId).All(entry => entry.Status.State == VariantState.Ready);

    /// <summary>States of a model's variants, in configured order; starts what is not loaded yet.</summary>
    /// <exception cref="KeyNotFoundException">There is no such model.</exception>
    public IReadOnlyList<VariantStatus> StatusOf(string modelId) => [.. Entries(modelId).Select(entry => entry.Status)];

    /// <summary>A model's entries for the named variants (null for all), in configured order; starts what is not loaded yet.</summary>
    /// <exception cref="KeyNotFoundException">There is no such model or variant.</exception>
    public IReadOnlyList<VariantEntry> Entries(string modelId, IReadOnlyCollection<string>? variantIds = null)
    {
        var model = _catalogue[modelId];
        var deployments = Deployments(model);
        var unknown = variantIds?.FirstOrDefault(id => deployments.All(deployment => deployment.Options.Id != id));
        if (unknown is not null)
        {
            throw new KeyNotFoundException(
                $"There is no variant `{unknown}`. Known variants: {string.Join(", ", deployments.Select(deployment => deployment.Options.Id))}.");
        }
        return [.. deployments.Where(deployment => variantIds is null || variantIds.Contains(deployment.Options.Id))
            .Select(deployment => EntryOf(model, deployment))];
    }

    /// <summary>
    /// Removes a variant that was made while the program ran, and its file. Whoever uses it at this moment finishes with it.
    /// </summary>
    /// <exception cref="KeyNotFoundException">There is no such model, or no such variant was made of it; configured variants stay.</exception>
    /// <exception cref="IOException">The index of made variants cannot be written.</exception>
    public void RemoveMade(string modelId, string variantId)
    {
        var model = _catalogue[modelId];
        if (Deployments(model).FirstOrDefault(deployment => deployment.Options.Id == variantId) is { File: null })
        {
            throw new KeyNotFoundException($"`{variantId}` is a configured variant: take it out of the configuration instead.");
        }
        if (_made?.Remove(model.Id, variantId) is not true)
        {
            throw new KeyNotFoundException($"No variant `{variantId}` was made of {model.Id}.");
        }
        // Not disposed: a comparison may hold it. Without users it is finalized.
        _entries.TryRemove((model.Id, variantId), out _);
    }

    /// <summary>
    /// Lets go of a model that was taken out of the catalogue, and removes the variants that were made of it. Whoever uses one at this
    /// moment finishes with it.
    /// </summary>
    /// <returns>Identifiers of the made variants.</returns>
    /// <exception cref="IOException">The index of made variants cannot be written.</exception>
    public IReadOnlyList<string> Forget(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var known in _entries.Where(known => known.Value.Model.Lifetime == model.Lifetime))
        {
            _entries.TryRemove(known);
        }
        return _made?.RemoveAll(model.Id) ?? [];
    }

    /// <summary>Waits until each of a model's variants answers or has failed.</summary>
    public Task WaitAsync(string modelId, CancellationToken cancellationToken) =>
        Task.WhenAll(Entries(modelId).Select(entry => entry.Settled)).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_entries.Values.Select(entry => entry.Settled));
        foreach (var entry in _entries.Values)
        {
            entry.Variant?.Dispose();
        }
        _stopping.Dispose();
        _loading.Dispose();
    }

    private List<Deployment> Deployments(Model model)
    {
        List<Deployment> deployments = [.. _variants.Select(variant => new Deployment(variant, File: null))];
        foreach (var made in _made?.Of(model) ?? [])
        {
            // What is configured comes first: a later configuration may take an identifier.
            if (deployments.All(deployment => deployment.Options.Id != made.Options.Id))
            {
                deployments.Add(new(made.Options, _made!.FileOf(made)));
            }
        }
        return deployments;
    }

    private VariantEntry EntryOf(Model model, Deployment deployment)
    {
        // The lock keeps a second caller from starting the same load.
        lock (_gate)
        {
            // A model may have taken the identifier of one that was removed.
            if (_entries.TryGetValue((model.Id, deployment.Options.Id), out var known) && known.Model.Lifetime == model.Lifetime)
            {
                return known;
            }
            var entry = new VariantEntry(model, deployment.Options, deployment.File);
            entry.Settled = Task.Run(() => MakeReadyAsync(entry));
            return _entries[(model.Id, deployment.Options.Id)] = entry;
        }
    }

    private async Task MakeReadyAsync(VariantEntry entry)
    {
        var cancellationToken = _stopping.Token;
        try
        {
            var load = entry.Options.Remote is null ? await FindFileAsync(entry, cancellationToken) : await ConnectAsync(entry, cancellationToken);
            entry.Update(VariantState.Loading, "waiting for its turn to load");
            await _loading.WaitAsync(cancellationToken);
            try
            {
                entry.Update(VariantState.Warming, "loading and warming up");
                entry.SetReady(await load());
            }
            finally
            {
                _loading.Release();
            }
            _logger.LogInformation(
                "{Model}/{Variant} is ready on {Provider}, {Threads} thread(s), cold {ColdMs:0.0} ms",
                entry.Model.Id, entry.Options.Id, entry.Status.Provider, entry.Status.Threads, entry.Status.ColdMs);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            entry.Update(VariantState.Failed, "the application is stopping");
        }
        catch (Exception error)
        {
            _logger.LogError(error, "{Model}/{Variant} could not be made ready", entry.Model.Id, entry.Options.Id);
            entry.Update(VariantState.Failed, error.Message);
        }
    }

    /// <summary>Finds or makes the file; the result loads it.</summary>
    private async Task<Func<Task<Variant>>> FindFileAsync(VariantEntry entry, CancellationToken cancellationToken)
    {
        var file = entry.File ??= entry.Model.FileOf(ShippedPrecision(entry.Options.Precision)) ?? await PrepareAsync(entry, cancellationToken);
        return () => _loader.LoadAsync(entry.Model, file, entry.Options, cancellationToken);
    }

    /// <summary>Waits for the service, while others may load; the result warms it.</summary>
    private async Task<Func<Task<Variant>>> ConnectAsync(VariantEntry entry, CancellationToken cancellationToken)
    {
        entry.Update(VariantState.Loading, "waiting for the remote service");
        await _loader.ConnectAsync(entry.Model, entry.Options, cancellationToken);
        return () => _loader.LoadRemoteAsync(entry.Model, entry.Options, cancellationToken);
    }

    private async Task<ModelFile> PrepareAsync(VariantEntry entry, CancellationToken cancellationToken)
    {
        entry.Update(VariantState.Preparing, $"making the {entry.Options.Precision} model from the calibration pictures", 0);
        // Not Progress<T>: its callbacks may arrive late and overwrite a later state.
        var progress = new EntryProgress(entry);
        return await Task.Run(() => _preparer.PrepareAsync(entry.Model, entry.Options.Precision, progress, cancellationToken), cancellationToken);
    }

    /// <summary>A shipped INT8 file with full-range weights would saturate on processors that sum pairs of products in 16 bits.</summary>
    internal static string ShippedPrecision(string precision) =>
        precision == Precisions.Int8 && CpuCapabilities.Current.NeedsSevenBitWeights ? Precisions.Int8SevenBit : precision;

    /// <summary>How a model is run, and the file where it is neither the model's own nor made on demand.</summary>
    private sealed record Deployment(VariantOptions Options, ModelFile? File);

    private sealed class EntryProgress(VariantEntry entry) : IProgress<double>
    {
        public void Report(double value) => entry.Update(VariantState.Preparing, entry.Status.Message, value);
    }
}
