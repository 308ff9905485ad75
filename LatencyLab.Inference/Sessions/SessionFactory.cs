using System.Diagnostics;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Runtime;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Inference.Sessions;

/// <summary>A session and what it really runs on.</summary>
/// <param name="Session">The session.</param>
/// <param name="Provider">Execution provider in force: <c>CPU</c>, <c>CUDA</c> or <c>TensorRT</c>.</param>
/// <param name="Threads">Intra-op threads.</param>
/// <param name="Notes">Providers that were tried in vain, and why.</param>
public sealed record LoadedSession(InferenceSession Session, string Provider, int Threads, IReadOnlyList<string> Notes);

/// <summary>Creates sessions from variant options.</summary>
public static class SessionFactory
{
    /// <summary>Loads a model file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">How to run it.</param>
    /// <param name="threads">Intra-op threads, at least 1.</param>
    /// <param name="profilePrefix">Where to write a per-layer profile; null for none.</param>
    /// <exception cref="OnnxRuntimeException">The model cannot be loaded, or the provider that was asked for by name does not start.</exception>
    public static LoadedSession Create(ModelFile file, VariantOptions options, int threads, string? profilePrefix = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        var notes = new List<string>();
        foreach (var provider in ExecutionProviders.Candidates(options.Provider))
        {
            try
            {
                using var sessionOptions = Configure(options, threads, profilePrefix);
                ExecutionProviders.Append(sessionOptions, provider);
                return new(ForeignThread.Run(() => new InferenceSession(file.Path, sessionOptions)), provider, threads, notes);
            }
            catch (OnnxRuntimeException error) when (options.Provider == "auto" && provider != ExecutionProviders.Cpu)
            {
                notes.Add($"{provider} is not active: {ExecutionProviders.Explain(error)}");
            }
        }
        throw new UnreachableException("The CPU is always the last candidate.");
    }

    private static SessionOptions Configure(VariantOptions options, int threads, string? profilePrefix)
    {
        var sessionOptions = new SessionOptions
        {
            GraphOptimizationLevel = options.GraphOptimization switch
            {
                "disabled" => GraphOptimizationLevel.ORT_DISABLE_ALL,
                "basic" => GraphOptimizationLevel.ORT_ENABLE_BASIC,
                "extended" => GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
                _ => GraphOptimizationLevel.ORT_ENABLE_ALL,
            },
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        // Several sessions share this machine: a spinning pool would steal its neighbours' cores.
        sessionOptions.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        sessionOptions.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");
        // Numbers too small to matter cost a hundred times as much on some processors. This is for the runtime's own threads: ours are
        // left as they are (ForeignThread), and the weights that we write hold no such numbers.
        sessionOptions.AddSessionConfigEntry("session.set_denormal_as_zero", "1");
        if (profilePrefix is not null)
        {
            sessionOptions.ProfileOutputPathPrefix = profilePrefix;
            sessionOptions.EnableProfiling = true;
        }
        return sessionOptions;
    }
}
