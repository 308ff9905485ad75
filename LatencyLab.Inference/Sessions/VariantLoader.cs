using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Sessions;

/// <summary>Makes variants ready: loads, tunes and warms them.</summary>
/// <param name="decoder">Decodes the pictures of all variants.</param>
/// <param name="remote">Reaches remote services; null where no variant is remote.</param>
public sealed class VariantLoader(IImageDecoder decoder, IRemoteInferenceFactory? remote = null)
{
    /// <summary>Loads a variant and runs it until its time settles. Takes up to some seconds of one core; run it in the background.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">Its file of the precision that the options ask for.</param>
    /// <param name="options">How to run it.</param>
    /// <param name="cancellationToken">Cancels between runs.</param>
    /// <exception cref="InvalidModelException">The file or the card is wrong.</exception>
    /// <exception cref="Microsoft.ML.OnnxRuntime.OnnxRuntimeException">The runtime refuses the model or the provider.</exception>
    public async Task<Variant> LoadAsync(Model model, ModelFile file, VariantOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        await file.VerifyAsync(cancellationToken);
        return await Task.Run(() => Load(model, file, options, cancellationToken), cancellationToken);
    }

    /// <summary>Waits until the service of a remote variant can be used; it may start at the same time as this program.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">A variant with <see cref="VariantOptions.Remote"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="HttpRequestException">The service cannot be used; the message names its address and the fix.</exception>
    public Task ConnectAsync(Model model, VariantOptions options, CancellationToken cancellationToken) =>
        Remote.ConnectAsync(model, options, cancellationToken);

    /// <summary>Warms a remote variant that was connected before; no file of the model is needed here.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">A variant with <see cref="VariantOptions.Remote"/>.</param>
    /// <param name="cancellationToken">Cancels the run that is under way.</param>
    /// <exception cref="HttpRequestException">The service does not answer as it should; the message names its address and the fix.</exception>
    public Task<Variant> LoadRemoteAsync(Model model, VariantOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        return Task.Run(() => LoadRemote(model, options, cancellationToken), cancellationToken);
    }

    private IRemoteInferenceFactory Remote => remote ?? throw new InvalidOperationException("This loader was made without a way to remote services.");

    private Variant LoadRemote(Model model, VariantOptions options, CancellationToken cancellationToken)
    {
        using var slot = CreateSlot(Remote.Create(model, options), model);
        var (coldMs, warmupMs) = WarmUp.Run(slot, cancellationToken);
        var facts = new VariantFacts
        {
            Provider = ExecutionProviders.Remote,
            Threads = 0,
            ModelSizeBytes = 0,
            ColdMs = coldMs,
            WarmupMs = warmupMs,
        };
        return new Variant(options, model, facts, () => CreateSlot(Remote.Create(model, options), model), session: null);
    }

    private Variant Load(Model model, ModelFile file, VariantOptions options, CancellationToken cancellationToken)
    {
        var threads = options.Threads > 0 ? options.Threads : ThreadTuning.FindThreads(file, model, options, cancellationToken);
        var loaded = SessionFactory.Create(file, options, threads);
        try
        {
            using var slot = CreateSlot(new BoundSession(loaded.Session, model, options.IoBinding), model);
            var (coldMs, warmupMs) = WarmUp.Run(slot, cancellationToken);
            var facts = new VariantFacts
            {
                Provider = loaded.Provider,
                Threads = loaded.Threads,
                ModelSizeBytes = file.SizeBytes,
                ColdMs = coldMs,
                WarmupMs = warmupMs,
                Notes = loaded.Notes,
            };
            return new Variant(options, model, facts, () => CreateSlot(new BoundSession(loaded.Session, model, options.IoBinding), model), loaded.Session)
            {
                File = file,
            };
        }
        catch
        {
            loaded.Session.Dispose();
            throw;
        }
    }

    private RequestSlot CreateSlot(IInference inference, Model model) =>
        new(new ImagePreprocessor(decoder, model.Preprocessing), inference, model);
}
