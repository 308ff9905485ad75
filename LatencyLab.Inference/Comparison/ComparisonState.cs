using System.Diagnostics;
using System.Runtime.ExceptionServices;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Inference.Comparison;

/// <summary>What a round is for.</summary>
internal enum RoundKind
{
    Warmup,
    Baseline,
    Steady,
}

/// <summary>The state of one comparison: its contestants and the rounds they have run.</summary>
internal sealed class ComparisonState
{
    private readonly ComparisonRequest _request;
    private readonly DateTimeOffset _createdAt;
    private readonly IProgress<ComparisonProgress>? _progress;
    private readonly TimeSpan _progressInterval;
    private readonly Contestant[] _contestants;
    private readonly long _began = Stopwatch.GetTimestamp();
    private long _lastReport;
    private int _lastAnswered;
    private int _steadyRounds;
    private bool _outOfTime;

    public ComparisonState(ComparisonRequest request, DateTimeOffset createdAt, IProgress<ComparisonProgress>? progress, TimeSpan progressInterval)
    {
        _request = request;
        _createdAt = createdAt;
        _progress = progress;
        _progressInterval = progressInterval;
        _contestants = [.. request.Variants.Select(entry => new Contestant(entry, request.AnswerTimeout))];
    }

    /// <summary>The variants that have not failed, in random order.</summary>
    public IReadOnlyList<Contestant> Standing(Random random)
    {
        var standing = _contestants.Where(contestant => contestant.Stands).ToArray();
        random.Shuffle(standing);
        return standing;
    }

    /// <summary>Whether another round may begin: someone stands, and there is time or no measured round yet.</summary>
    public bool MayContinue(RoundKind next)
    {
        _outOfTime = Stopwatch.GetElapsedTime(_began) > _request.TimeBudget && (next != RoundKind.Steady || _steadyRounds > 0);
        // Out of time while warming up: skip to the measured rounds.
        return _contestants.Any(contestant => contestant.Stands) && !(_outOfTime && next == RoundKind.Steady);
    }

    /// <summary>One round of the given variants.</summary>
    public void Round(IReadOnlyList<Contestant> order, RoundKind kind, CancellationToken cancellationToken)
    {
        if (_outOfTime)
        {
            return;
        }
        if (_request.Mode == ComparisonMode.Race && kind != RoundKind.Baseline)
        {
            Race(order, kind, cancellationToken);
        }
        else
        {
            TakeTurns(order, kind, cancellationToken);
        }
        _steadyRounds += kind == RoundKind.Steady ? 1 : 0;
    }

    /// <summary>Reports at once when a variant has answered for the first time, otherwise a few times a second.</summary>
    public void Report(int roundsDone, int roundsTotal)
    {
        var answered = _contestants.Count(contestant => contestant.HasAnswered);
        if (_progress is null || (answered == _lastAnswered && Stopwatch.GetElapsedTime(_lastReport) < _progressInterval))
        {
            return;
        }
        _lastAnswered = answered;
        _lastReport = Stopwatch.GetTimestamp();
        _progress.Report(new ComparisonProgress(roundsDone, roundsTotal,
            [.. _contestants.Where(contestant => contestant.HasAnswered).Select(contestant => ContestantSummary.SoFar(contestant, _contestants[0]))]));
    }

    /// <summary>The result of all rounds.</summary>
    public ComparisonResult Finish(string id)
    {
        var variants = _contestants.Select(contestant => ContestantSummary.Final(contestant, _contestants[0], _request)).ToArray();
        var notes = _contestants.SelectMany(contestant => contestant.Entry.Status.Notes).ToArray();
        var result = new ComparisonResult
        {
            Id = id,
            CreatedAt = _createdAt,
            Mode = _request.Mode,
            Rounds = _steadyRounds,
            WarmupRounds = _contestants.Max(contestant => contestant.Warmup.Count),
            Image = _request.Image,
            Environment = EnvironmentProbe.Read(
                variants.Any(variant => variant.Provider is not "CPU" && variant.Failure is null && variant.Remote is null),
                notes.Length > 0 ? notes[^1] : null),
            Variants = variants,
        };
        return result with { Insights = InsightRules.Draw(result, _request) };
    }

    private void TakeTurns(IReadOnlyList<Contestant> order, RoundKind kind, CancellationToken cancellationToken)
    {
        foreach (var contestant in order)
        {
            contestant.TakeTurn(_request.Encoded, kind, cancellationToken);
        }
    }

    /// <summary>All variants start at the same moment, each on a thread of its own.</summary>
    private void Race(IReadOnlyList<Contestant> order, RoundKind kind, CancellationToken cancellationToken)
    {
        using var start = new Barrier(order.Count);
        var failures = new ExceptionDispatchInfo?[order.Count];
        var threads = order.Select((contestant, index) => new Thread(() =>
        {
            try
            {
                start.SignalAndWait(cancellationToken);
                contestant.Answer(_request.Encoded, kind, cancellationToken);
            }
            catch (Exception error)
            {
                // A failure of the picture or the caller's cancellation, not of the variant: thrown again on the caller's thread.
                failures[index] = ExceptionDispatchInfo.Capture(error);
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Array.Find(failures, failure => failure is not null)?.Throw();
    }
}
