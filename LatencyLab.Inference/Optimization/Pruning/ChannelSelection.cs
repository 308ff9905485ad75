namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>Decides which units stay.</summary>
internal sealed class ChannelSelection(IReadOnlyList<ChannelGroup> groups, PruningOptions options)
{
    private const int SearchSteps = 40;

    private readonly double[] _scores = [.. groups.SelectMany(group => group.Scores).OrderDescending()];

    /// <summary>Units that may go.</summary>
    public int Total => _scores.Length;

    /// <summary>The units to remove so that a share of them stays.</summary>
    public HashSet<int> Removed(double keepShare)
    {
        var threshold = _scores.Length == 0 ? 0 : _scores[Math.Clamp((int)Math.Round(keepShare * Total), 1, Total) - 1];
        var removed = new HashSet<int>();
        foreach (var group in groups)
        {
            var wanted = options.Allocation == PruningAllocation.Uniform ? keepShare * group.Size : group.Scores.Count(score => score >= threshold);
            removed.UnionWith(group.Ranked.Skip(Rounded(wanted, group.Size)));
        }

        return removed;
    }

    /// <summary>The fewest units to remove so that the remaining multiply-adds fit.</summary>
    /// <param name="multiplyAdds">Multiply-adds that stay when units go.</param>
    /// <param name="most">Multiply-adds that may stay.</param>
    /// <exception cref="PruningException">Not even the fewest channels that the options allow fit.</exception>
    public HashSet<int> Removed(Func<HashSet<int>, long> multiplyAdds, double most)
    {
        var least = Removed(0);
        if (multiplyAdds(least) is var floor && floor > most)
        {
            throw new PruningException(FormattableString.Invariant(
                $"Fewer than {floor:N0} multiply-adds cannot be reached with these options; {most:N0} were asked for. Lower the minimum of channels or the rounding, skip fewer layers, or start from a smaller model."));
        }

        // Counts grow with the share, and multiply-adds with counts.
        var (low, high, best) = (0.0, 1.0, least);
        if (multiplyAdds([]) <= most)
        {
            return [];
        }

        for (var step = 0; step < SearchSteps; step++)
        {
            var middle = (low + high) / 2;
            var removed = Removed(middle);
            if (multiplyAdds(removed) <= most)
            {
                (low, best) = (middle, removed);
            }
            else
            {
                high = middle;
            }
        }

        return best;
    }

    private int Rounded(double wanted, int size)
    {
        if (wanted >= size)
        {
            return size;
        }

        var rounded = (int)Math.Round(wanted / options.RoundTo, MidpointRounding.AwayFromZero) * options.RoundTo;
        return Math.Clamp(rounded, Math.Min(options.MinimumChannels, size), size);
    }
}
