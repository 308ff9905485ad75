namespace LatencyLab.Inference.Sweeps.ColdStart;

/// <summary>
/// A random forest for regression (Breiman, <em>Random Forests</em>, 2001): trees over bootstrap samples. Each run is predicted by the
/// trees that have not seen it, so that its error is one on unseen data. The same seed gives the same forest.
/// </summary>
internal sealed class RandomForest
{
    private const int Trees = 200;
    private readonly RegressionTree[] _trees = new RegressionTree[Trees];
    private readonly bool[][] _seen = new bool[Trees][];
    private readonly double[][] _rows;
    private readonly double[] _targets;
    private readonly double _variance;

    /// <param name="rows">One row of features for each run.</param>
    /// <param name="targets">What is explained.</param>
    /// <param name="seed">Seed of all that is drawn.</param>
    public RandomForest(double[][] rows, double[] targets, int seed)
    {
        (_rows, _targets) = (rows, targets);
        var mean = targets.Average();
        _variance = targets.Average(target => (target - mean) * (target - mean));
        var random = new Random(seed);
        // Breiman's default for regression.
        var tried = Math.Max(1, rows[0].Length / 3);
        for (var tree = 0; tree < Trees; tree++)
        {
            _seen[tree] = new bool[rows.Length];
            var sample = new int[rows.Length];
            for (var i = 0; i < sample.Length; i++)
            {
                sample[i] = random.Next(rows.Length);
                _seen[tree][sample[i]] = true;
            }
            _trees[tree] = new RegressionTree(rows, targets, sample, tried, random);
        }
    }

    /// <summary>Share of the variance that is explained in unseen runs; 1 is all, 0 what the mean alone explains.</summary>
    public double R2() => _variance > 0 ? 1 - (Error(_rows) / _variance) : 0;

    /// <summary>How much the error on unseen runs grows when a feature is shuffled among the runs, over the variance: mean and deviation.</summary>
    public (double Mean, double Deviation) Importance(int feature, int shuffles, Random random)
    {
        var order = Enumerable.Range(0, _rows.Length).ToArray();
        var rows = Array.ConvertAll(_rows, row => (double[])row.Clone());
        var whole = Error(_rows);
        var growths = new double[shuffles];
        for (var shuffle = 0; shuffle < shuffles; shuffle++)
        {
            random.Shuffle(order);
            for (var i = 0; i < rows.Length; i++)
            {
                rows[i][feature] = _rows[order[i]][feature];
            }
            growths[shuffle] = (Error(rows) - whole) / _variance;
        }
        var mean = growths.Average();
        return (mean, Math.Sqrt(growths.Average(growth => (growth - mean) * (growth - mean))));
    }

    /// <summary>Mean squared error of predictions by trees that have not seen the run.</summary>
    private double Error(double[][] rows)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < rows.Length; i++)
        {
            var (prediction, trees) = (0.0, 0);
            for (var tree = 0; tree < Trees; tree++)
            {
                if (!_seen[tree][i])
                {
                    prediction += _trees[tree].Predict(rows[i]);
                    trees++;
                }
            }
            if (trees > 0)
            {
                var residual = _targets[i] - (prediction / trees);
                sum += residual * residual;
                count++;
            }
        }
        return count > 0 ? sum / count : _variance;
    }
}
