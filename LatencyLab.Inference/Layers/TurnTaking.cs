using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Layers;

/// <summary>Sessions that run one after another, round by round, on the same input.</summary>
internal sealed class TurnTaking
{
    /// <summary>Rounds between which others may pass the gate.</summary>
    private const int RoundsPerPass = 5;

    private readonly IReadOnlyList<BoundSession> _sessions;
    private readonly ClassifierGate _gate;
    private readonly List<double>[] _samplesMs;

    /// <param name="sessions">The sessions, of one model.</param>
    /// <param name="gate">Rounds have the classifier to themselves.</param>
    public TurnTaking(IReadOnlyList<BoundSession> sessions, ClassifierGate gate)
    {
        _sessions = sessions;
        _gate = gate;
        _samplesMs = [.. sessions.Select(_ => new List<double>())];
        foreach (var session in sessions)
        {
            TypicalInput.Fill(session.Input);
        }
    }

    /// <summary>Median time of one session's measured runs, in milliseconds.</summary>
    public double MedianMs(int session) => Percentile.Of([.. _samplesMs[session].Order()], 0.5);

    public async Task RunAsync(int warmupRounds, int rounds, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var clock = new StageClock();
        for (var done = -warmupRounds; done < rounds;)
        {
            using (await _gate.EnterAloneAsync(admitted: done > -warmupRounds, cancellationToken))
            {
                var first = done;
                done = Math.Min(first + RoundsPerPass, first < 0 ? 0 : rounds);
                var last = done;
                await Task.Run(() => Rounds(first, last, clock, cancellationToken), cancellationToken);
            }
            progress?.Report((double)(done + warmupRounds) / (rounds + warmupRounds));
        }
    }

    private void Rounds(int first, int last, StageClock clock, CancellationToken cancellationToken)
    {
        for (var round = first; round < last; round++)
        {
            for (var i = 0; i < _sessions.Count; i++)
            {
                clock.Start();
                _sessions[i].Run(clock, cancellationToken);
                clock.Stop();
                if (round >= 0)
                {
                    _samplesMs[i].Add(clock.TotalMs);
                }
            }
        }
    }
}
