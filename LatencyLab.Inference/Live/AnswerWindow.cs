using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Measurement.Histograms;
using LatencyLab.Inference.Measurement.Load;

namespace LatencyLab.Inference.Live;

/// <summary>
/// The answers of the last so many seconds, one by one, in fixed memory: percentiles over a minute need no histogram a second. Callers
/// add from any thread, one reader takes figures.
/// </summary>
/// <param name="length">How long an answer counts.</param>
/// <param name="capacity">Most answers; beyond them the oldest give way early.</param>
internal sealed class AnswerWindow(TimeSpan length, int capacity)
{
    private const int Stages = (int)Stage.Other + 1;
    private const int Width = Stages + 2;
    private const double MsPerNs = 1e-6;

    private readonly Lock _lock = new();
    private readonly long[] _answers = new long[capacity * Width];
    private readonly LatencyHistogram _latencies = new();
    private readonly LatencyHistogram _read = new();
    private readonly long[] _stagesNs = new long[Stages];
    private readonly long _lengthNs = length.Ticks * TimeSpan.NanosecondsPerTick;
    private int _first;
    private int _count;

    /// <summary>Counts an answer; allocates nothing.</summary>
    /// <param name="atNs">When it came, in the run's time.</param>
    /// <param name="latencyNs">From the intended start.</param>
    /// <param name="waitedNs">The part of it before the request was sent.</param>
    /// <param name="request">Its stages.</param>
    public void Add(long atNs, long latencyNs, long waitedNs, LoadRequest request)
    {
        lock (_lock)
        {
            if (_count == capacity)
            {
                Forget();
            }
            var answer = _answers.AsSpan((_first + _count++) % capacity * Width, Width);
            (answer[0], answer[1]) = (atNs, latencyNs);
            var unnamed = latencyNs;
            for (var stage = Stage.Upload; stage < Stage.Other; stage++)
            {
                // Waiting for a free caller is waiting for a free place.
                var ns = request.StageNs(stage) + (stage == Stage.Queue ? waitedNs : 0);
                answer[2 + (int)stage] = ns;
                unnamed -= ns;
            }
            answer[2 + (int)Stage.Other] = unnamed;
            _latencies.RecordNs(latencyNs);
            Add(answer[2..], 1);
        }
    }

    /// <summary>What the window holds now; one reader at a time.</summary>
    /// <param name="nowNs">The run's time.</param>
    public AnswerFigures Read(long nowNs)
    {
        var stages = new List<LiveStage>();
        int samples;
        lock (_lock)
        {
            while (_count > 0 && _answers[_first * Width] < nowNs - _lengthNs)
            {
                Forget();
            }
            samples = _count;
            for (var stage = Stage.Upload; samples > 0 && stage <= Stage.Other; stage++)
            {
                if (_stagesNs[(int)stage] > 0)
                {
                    stages.Add(new LiveStage(stage, _stagesNs[(int)stage] * MsPerNs / samples));
                }
            }
            // Percentiles are worked out from a copy: callers must not wait for them.
            _latencies.Counts.CopyTo(_read.Counts);
        }
        return new AnswerFigures(samples, _read, stages);
    }

    private void Forget()
    {
        var answer = _answers.AsSpan(_first * Width, Width);
        _latencies.Counts[LogLinearBuckets.IndexOf(answer[1])]--;
        Add(answer[2..], -1);
        _first = (_first + 1) % capacity;
        _count--;
    }

    private void Add(ReadOnlySpan<long> stages, int sign)
    {
        for (var stage = 0; stage < Stages; stage++)
        {
            _stagesNs[stage] += sign * stages[stage];
        }
    }
}

/// <summary>What a window holds.</summary>
/// <param name="Samples">Number of answers.</param>
/// <param name="Latencies">Their latencies; valid until the window is read again.</param>
/// <param name="Stages">Their mean stages.</param>
internal readonly record struct AnswerFigures(int Samples, LatencyHistogram Latencies, IReadOnlyList<LiveStage> Stages);
