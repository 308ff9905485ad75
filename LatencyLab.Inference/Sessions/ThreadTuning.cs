using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Inference.Sessions;

/// <summary>Finds the number of intra-op threads with the lowest median latency for one model on this machine.</summary>
internal static class ThreadTuning
{
    private const int WarmupRounds = 3;
    private const int Rounds = 15;

    /// <summary>More threads must be this much faster to be worth their cores.</summary>
    private const double WorthIt = 0.95;

    /// <summary>Measures 1, 2, 4, … threads and the processor count in interleaved rounds.</summary>
    public static int FindThreads(ModelFile file, Model model, VariantOptions options, CancellationToken cancellationToken)
    {
        var candidates = Candidates(CpuCapabilities.Current.LogicalCores);
        if (candidates.Count == 1)
        {
            return candidates[0];
        }
        var sessions = new List<(LoadedSession Loaded, BoundSession Bound)>();
        try
        {
            foreach (var threads in candidates)
            {
                var loaded = SessionFactory.Create(file, options, threads);
                sessions.Add((loaded, new BoundSession(loaded.Session, model, options.IoBinding)));
            }
            var medians = Measure([.. sessions.Select(session => session.Bound)], cancellationToken);
            var best = 0;
            for (var i = 1; i < medians.Length; i++)
            {
                best = medians[i] < WorthIt * medians[best] ? i : best;
            }
            return candidates[best];
        }
        finally
        {
            sessions.ForEach(session =>
            {
                session.Bound.Dispose();
                session.Loaded.Session.Dispose();
            });
        }
    }

    private static List<int> Candidates(int cores)
    {
        var candidates = new List<int>();
        for (var threads = 1; threads < cores; threads *= 2)
        {
            candidates.Add(threads);
        }
        candidates.Add(cores);
        return candidates;
    }

    private static double[] Measure(IReadOnlyList<BoundSession> sessions, CancellationToken cancellationToken)
    {
        var clock = new StageClock();
        var samples = sessions.Select(_ => new List<double>()).ToArray();
        for (var round = -WarmupRounds; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < sessions.Count; i++)
            {
                clock.Start();
                sessions[i].Run(clock, cancellationToken);
                clock.Stop();
                if (round >= 0)
                {
                    samples[i].Add(clock.TotalMs);
                }
            }
        }
        return Array.ConvertAll(samples, series => Percentile.Of([.. series.Order()], 0.5));
    }
}
