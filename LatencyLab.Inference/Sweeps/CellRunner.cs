using System.Diagnostics;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;
using LatencyLab.Inference.Sweeps.ColdStart;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Inference.Sweeps;

/// <summary>Visits cells: creates a session, runs it until its time settles, then measures. What fails is recorded, not thrown.</summary>
/// <param name="gate">Runs wait for their turn there and then have the classifier to themselves.</param>
/// <param name="features">Looks at the machine around each cold start.</param>
internal sealed class CellRunner(ClassifierGate gate, ColdStartFeatures features) : IDisposable
{
    /// <summary>Measured runs that a slow cell gets at least.</summary>
    private const int FewestRuns = 3;
    private static readonly TimeSpan WarmupPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan RunPatience = TimeSpan.FromSeconds(10);

    /// <summary>Time after which others may pass the gate.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(500);

    private readonly PeakMemory _memory = new();
    private readonly StageClock _clock = new();

    /// <summary>Makes one visit.</summary>
    /// <exception cref="OperationCanceledException">The visit was stopped.</exception>
    public async Task<CellVisit> VisitAsync(VisitKey key, Variant variant, SweepSettings settings, CancellationToken cancellationToken)
    {
        var runs = settings.RunsOfVisit;
        Started? started = null;
        try
        {
            using (await gate.EnterAloneAsync(admitted: true, cancellationToken))
            {
                started = await Task.Run(() => Start(key.Cell, variant, settings.WarmupRuns, cancellationToken), cancellationToken);
            }
            var runsMs = new List<double>(runs);
            while (runsMs.Count < runs && (runsMs.Count < FewestRuns || runsMs.Sum() < RunPatience.TotalMilliseconds))
            {
                using (await gate.EnterAloneAsync(admitted: true, cancellationToken))
                {
                    await Task.Run(() => RunTurn(started, runs, runsMs, cancellationToken), cancellationToken);
                }
            }
            return started.Visit(key) with { RunsMs = runsMs, PeakMemoryBytes = _memory.GrowthBytes(), ArenaBytes = ArenaBytes(variant, started.Session) };
        }
        catch (OnnxRuntimeException error)
        {
            return Failed(key, ExecutionProviders.Explain(error));
        }
        catch (Exception error) when (error is InvalidModelException or OutOfMemoryException or OverflowException)
        {
            return Failed(key, error is InvalidModelException ? error.Message : "out of memory: the input or the output is too large");
        }
        finally
        {
            started?.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    // Other providers have arenas of their own on their devices: the one in main memory would pass for all of it.
    private static long? ArenaBytes(Variant variant, InferenceSession session) =>
        variant.Facts.Provider == ExecutionProviders.Cpu ? SessionArena.PeakBytes(session) : null;

    private static CellVisit Failed(VisitKey key, string why) => new() { Key = key, Failure = why };

    /// <summary>The cold start, then the runs until the time settles.</summary>
    private Started Start(CellKey cell, Variant variant, int mostWarmupRuns, CancellationToken cancellationToken)
    {
        _memory.Begin();
        features.Before();
        var began = Stopwatch.GetTimestamp();
        var loaded = SessionFactory.Create(variant.File!, variant.Options, variant.Facts.Threads);
        BoundSession? bound = null;
        try
        {
            bound = new BoundSession(loaded.Session, variant.Model, variant.Options.IoBinding, cell.Batch, cell.InputPx);
            var created = Stopwatch.GetElapsedTime(began);
            // Filling the input is not part of any start: a caller has it filled already.
            TypicalInput.Fill(bound.Input);
            var coldMs = created.TotalMilliseconds + RunOnce(bound, cancellationToken);
            var seen = features.After(cell, variant);
            var warmupMs = new List<double>();
            while (warmupMs.Count < mostWarmupRuns && warmupMs.Sum() < WarmupPatience.TotalMilliseconds && !WarmUp.IsSettled(warmupMs))
            {
                warmupMs.Add(RunOnce(bound, cancellationToken));
            }
            return new Started(loaded.Session, bound, coldMs, warmupMs, seen);
        }
        catch
        {
            bound?.Dispose();
            loaded.Session.Dispose();
            throw;
        }
    }

    private void RunTurn(Started started, int runs, List<double> runsMs, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        do
        {
            runsMs.Add(RunOnce(started.Bound, cancellationToken));
        }
        while (runsMs.Count < runs && Stopwatch.GetElapsedTime(began) < Turn);
        _memory.Look();
    }

    private double RunOnce(BoundSession bound, CancellationToken cancellationToken)
    {
        _clock.Start();
        bound.Run(_clock, cancellationToken);
        _clock.Stop();
        return _clock.TotalMs;
    }

    private sealed record Started(
        InferenceSession Session, BoundSession Bound, double ColdMs, IReadOnlyList<double> WarmupMs, IReadOnlyDictionary<string, double> Features) : IDisposable
    {
        public CellVisit Visit(VisitKey key) => new() { Key = key, ColdStartMs = ColdMs, WarmupMs = WarmupMs, Features = Features };

        public void Dispose()
        {
            Bound.Dispose();
            Session.Dispose();
        }
    }
}
