using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Inference.Models.Import;

/// <summary>Runs a foreign model under a limit of time and memory. It is stopped before its next operator.</summary>
/// <param name="name">The file's name, for messages.</param>
/// <param name="limits">The limits.</param>
internal sealed class TrialGuard(string name, ImportLimits limits)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>How long the operator that is under way may take to end; then the run is left to itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Runs work that loads and runs the model.</summary>
    /// <param name="work">Owns its session; passes the options to every run.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ModelRefusedException">A limit was passed, or the runtime refused the model.</exception>
    public async Task<T> RunAsync<T>(Func<RunOptions, T> work, CancellationToken cancellationToken)
    {
        var options = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        var memoryBefore = Environment.WorkingSet;
        var started = Stopwatch.GetTimestamp();
        var run = Task.Run(() => work(options), CancellationToken.None);
        try
        {
            while (await Task.WhenAny(run, Task.Delay(Interval, CancellationToken.None)) != run)
            {
                var refusal = Refusal(Stopwatch.GetElapsedTime(started), Environment.WorkingSet - memoryBefore);
                if (refusal is not null || cancellationToken.IsCancellationRequested)
                {
                    options.Terminate = true;
                    // Its own failure, that it was stopped, is expected.
                    await Task.WhenAny(run.ContinueWith(static ended => _ = ended.Exception, TaskScheduler.Default), Task.Delay(Grace, CancellationToken.None));
                    cancellationToken.ThrowIfCancellationRequested();
                    throw refusal!;
                }
            }
            return await run;
        }
        catch (OnnxRuntimeException error)
        {
            throw CandidateSession.Refusal(name, error);
        }
        finally
        {
            // The run may outlive this method, and still looks at its options.
            _ = run.ContinueWith(static (_, state) => ((RunOptions)state!).Dispose(), options, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private ModelRefusedException? Refusal(TimeSpan elapsed, long grownBytes) =>
        elapsed.TotalSeconds > limits.TrialSeconds ? new ModelRefusedException(
            ImportRefusal.TooSlow, string.Create(
                CultureInfo.InvariantCulture,
                $"{name} did not classify one picture within {limits.TrialSeconds:0.#} s. "
                + $"Raise LatencyLab:ImportLimits:TrialSeconds if the model is meant to be that slow."))
        : grownBytes > limits.TrialMemoryBytes ? new ModelRefusedException(
            ImportRefusal.TooMuchMemory, string.Create(
                CultureInfo.InvariantCulture,
                $"{name} needs more than {limits.TrialMemoryBytes / 1e9:0.#} GB for one picture. "
                + $"Raise LatencyLab:ImportLimits:TrialMemoryBytes if that is meant."))
        : null;
}
