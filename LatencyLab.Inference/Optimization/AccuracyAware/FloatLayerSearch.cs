namespace LatencyLab.Inference.Optimization.AccuracyAware;

/// <summary>
/// Looks for few layers whose staying in float keeps the drop within a budget: the worst 1, 2, 4, ... by sensitivity until it holds, the
/// shortest such run of worst layers by bisection, then each of those in turn, the least sensitive first, back in INT8 where the budget holds without it.
/// </summary>
/// <param name="worstFirst">The layers by sensitivity.</param>
/// <param name="measure">Runs the candidate that leaves these layers in float.</param>
/// <param name="maxDropPoints">The budget, in percentage points.</param>
internal sealed class FloatLayerSearch(IReadOnlyList<string> worstFirst, Func<IReadOnlyList<string>, PairedDrop> measure, double maxDropPoints)
{
    // Drops are quotients of whole pictures; a budget that names one exactly must hold it.
    private const double Rounding = 1e-9;

    private readonly List<AccuracyTrial> _trials = [];

    /// <summary>Searches.</summary>
    /// <returns>Every candidate in the order in which it was run; one of them is chosen.</returns>
    public IReadOnlyList<AccuracyTrial> Run()
    {
        var chosen = Requantize(ShortestPrefix());
        return [.. _trials.Select(trial => trial with { Chosen = ReferenceEquals(trial, chosen) })];
    }

    private AccuracyTrial ShortestPrefix()
    {
        var best = Prefix(0);
        var (failing, passing) = (0, 0);
        while (!best.WithinBudget)
        {
            failing = passing;
            passing = Math.Min(Math.Max(1, 2 * passing), worstFirst.Count);
            best = Prefix(passing);
        }

        while (passing - failing > 1)
        {
            var middle = (failing + passing) / 2;
            var trial = Prefix(middle);
            (failing, passing, best) = trial.WithinBudget ? (failing, middle, trial) : (middle, passing, best);
        }

        return best;
    }

    private AccuracyTrial Requantize(AccuracyTrial best)
    {
        foreach (var layer in best.FloatLayers.Reverse().ToList())
        {
            var candidate = best.FloatLayers.Where(name => name != layer).ToList();
            // The next shorter run of worst layers has failed already.
            if (_trials.Exists(trial => trial.FloatLayers.SequenceEqual(candidate)))
            {
                continue;
            }

            var trial = Try("requantize", candidate);
            best = trial.WithinBudget ? trial : best;
        }

        return best;
    }

    private AccuracyTrial Prefix(int count) => count == worstFirst.Count
        ? Record("float", worstFirst, 0, [0, 0])
        : Try(count == 0 ? "int8" : "prefix", [.. worstFirst.Take(count)]);

    private AccuracyTrial Try(string step, IReadOnlyList<string> floatLayers)
    {
        var drop = measure(floatLayers);
        var (low, high) = drop.Interval();
        return Record(step, floatLayers, drop.Points, [low, high]);
    }

    private AccuracyTrial Record(string step, IReadOnlyList<string> floatLayers, double dropPoints, IReadOnlyList<double> interval)
    {
        var trial = new AccuracyTrial(step, floatLayers, dropPoints, interval, dropPoints <= maxDropPoints + Rounding, Chosen: false);
        _trials.Add(trial);
        return trial;
    }
}
