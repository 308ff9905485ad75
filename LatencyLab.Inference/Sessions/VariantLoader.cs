using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Sessions;

/// <summary>Makes variants ready: loads, tunes and warms them.</summary>
public sealed class VariantLoader(IImageDecoder decoder)
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

    private Variant Load(Model model, ModelFile file, VariantOptions options, CancellationToken cancellationToken)
    {
        var threads = options.Threads > 0 ? options.Threads : ThreadTuning.FindThreads(file, model, options, cancellationToken);
        var loaded = SessionFactory.Create(file, options, threads);
        try
        {
            using var bound = new BoundSession(loaded.Session, model, options.IoBinding);
            var (coldMs, warmupMs) = WarmUp.Run(bound, cancellationToken);
            var facts = new VariantFacts
            {
                Provider = loaded.Provider,
                Threads = loaded.Threads,
                ModelSizeBytes = file.SizeBytes,
                ColdMs = coldMs,
                WarmupMs = warmupMs,
                Notes = loaded.Notes,
            };
            return new Variant(options, model, facts, () => CreateSlot(loaded, model, options), loaded.Session);
        }
        catch
        {
            loaded.Session.Dispose();
            throw;
        }
    }

    private RequestSlot CreateSlot(LoadedSession loaded, Model model, VariantOptions options) => new(
        new ImagePreprocessor(decoder, model.Preprocessing), new BoundSession(loaded.Session, model, options.IoBinding), model);
}
