namespace LatencyLab.Inference.Sweeps.ColdStart;

/// <summary>A regression tree that splits where the squared error falls most, over a drawn part of the features at each node.</summary>
internal sealed class RegressionTree
{
    private const int FewestInLeaf = 3;
    private readonly List<Node> _nodes = [];
    private readonly double[][] _rows;
    private readonly double[] _targets;
    private readonly int _tried;
    private readonly Random _random;
    private readonly int[] _features;

    /// <summary>Grows a tree.</summary>
    /// <param name="rows">One row of features for each run.</param>
    /// <param name="targets">What is explained.</param>
    /// <param name="sample">Indices of the rows to learn from; rows may come several times.</param>
    /// <param name="tried">Features that are tried at each node.</param>
    /// <param name="random">Draws them.</param>
    public RegressionTree(double[][] rows, double[] targets, int[] sample, int tried, Random random)
    {
        (_rows, _targets, _tried, _random) = (rows, targets, tried, random);
        _features = [.. Enumerable.Range(0, rows[0].Length)];
        Grow(sample);
    }

    /// <summary>The mean of the leaf that a row falls into.</summary>
    public double Predict(ReadOnlySpan<double> row)
    {
        var node = _nodes[0];
        while (node.Feature >= 0)
        {
            node = _nodes[row[node.Feature] <= node.Threshold ? node.Left : node.Right];
        }
        return node.Mean;
    }

    private int Grow(int[] sample)
    {
        var index = _nodes.Count;
        _nodes.Add(new Node(-1, 0, -1, -1, sample.Average(row => _targets[row])));
        if (Best(sample) is { } split)
        {
            var left = Grow(Array.FindAll(sample, row => _rows[row][split.Feature] <= split.Threshold));
            var right = Grow(Array.FindAll(sample, row => _rows[row][split.Feature] > split.Threshold));
            _nodes[index] = _nodes[index] with { Feature = split.Feature, Threshold = split.Threshold, Left = left, Right = right };
        }
        return index;
    }

    private (int Feature, double Threshold)? Best(int[] sample)
    {
        (int, double)? best = null;
        // A split must gain more than rounding does.
        var bestGain = 1e-12;
        _random.Shuffle(_features);
        for (var i = 0; i < _tried; i++)
        {
            if (BestOf(sample, _features[i], ref bestGain) is { } threshold)
            {
                best = (_features[i], threshold);
            }
        }
        return best;
    }

    /// <summary>The threshold of a feature that gains more than the best so far, if there is one.</summary>
    private double? BestOf(int[] sample, int feature, ref double bestGain)
    {
        double[] values = [.. sample.Select(row => _rows[row][feature])];
        double[] targets = [.. sample.Select(row => _targets[row])];
        Array.Sort(values, targets);
        var (sum, left, count) = (targets.Sum(), 0.0, targets.Length);
        double? best = null;
        for (var n = 1; n < count; n++)
        {
            left += targets[n - 1];
            if (n < FewestInLeaf || count - n < FewestInLeaf || values[n] <= values[n - 1])
            {
                continue;
            }
            var gain = (left * left / n) + ((sum - left) * (sum - left) / (count - n)) - (sum * sum / count);
            if (gain > bestGain)
            {
                (bestGain, best) = (gain, (values[n - 1] + values[n]) / 2);
            }
        }
        return best;
    }

    private sealed record Node(int Feature, double Threshold, int Left, int Right, double Mean);
}
