namespace LatencyLab.Inference.Layers;

/// <summary>Matches the layers of two profiles of one model.</summary>
/// <remarks>
/// Either side may fuse what the other runs one by one: layers that share a layer of the model, directly or through others, form one
/// row, so that both sides of a row did the same work.
/// </remarks>
public static class LayerDiffer
{
    /// <summary>Holds one profile against another.</summary>
    /// <exception cref="ArgumentException">The profiles are of different models.</exception>
    public static LayerDiff Diff(LayerProfile left, LayerProfile right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.ModelId != right.ModelId)
        {
            throw new ArgumentException($"`{left.ModelId}` and `{right.ModelId}` are different models: their layers cannot be matched.", nameof(right));
        }
        var groups = Group(left, right);
        var matched = groups.Where(group => group.Left.Count > 0 && group.Right.Count > 0).ToArray();
        var rows = matched.Select(Row).ToArray();
        var diff = new LayerDiff
        {
            Left = left,
            Right = right,
            Rows = rows,
            UnmatchedLeft = [.. left.Layers.Except(matched.SelectMany(group => group.Left))],
            UnmatchedRight = [.. right.Layers.Except(matched.SelectMany(group => group.Right))],
            ByOperator = ByOperator(rows),
        };
        return diff with { Insights = LayerDiffInsights.Draw(diff) };
    }

    private static List<LayerGroup> Group(LayerProfile left, LayerProfile right)
    {
        var groups = new List<LayerGroup>();
        foreach (var (layer, isLeft) in left.Layers.Select(layer => (layer, true)).Concat(right.Layers.Select(layer => (layer, false))))
        {
            if (layer.FusedLayers.Count == 0)
            {
                continue;
            }
            var touched = groups.Where(group => group.Names.Overlaps(layer.FusedLayers)).ToArray();
            var home = touched.Length > 0 ? touched[0] : new LayerGroup();
            if (touched.Length == 0)
            {
                groups.Add(home);
            }
            foreach (var other in touched.Skip(1))
            {
                home.Absorb(other);
                groups.Remove(other);
            }
            home.Names.UnionWith(layer.FusedLayers);
            (isLeft ? home.Left : home.Right).Add(layer);
        }
        return groups;
    }

    private static LayerDiffRow Row(LayerGroup group)
    {
        var (left, right) = (Longest(group.Left), Longest(group.Right));
        var (leftMs, rightMs) = (group.Left.Sum(layer => layer.P50Ms), group.Right.Sum(layer => layer.P50Ms));
        return new LayerDiffRow
        {
            OriginalLayer = (left.P50Ms >= right.P50Ms ? left : right).OriginalLayer ?? group.Names.First(),
            Left = left,
            Right = right,
            LeftMs = leftMs,
            RightMs = rightMs,
            DeltaMs = rightMs - leftMs,
            Ratio = RatioOf(leftMs, rightMs),
        };
    }

    private static OperatorDiff[] ByOperator(IEnumerable<LayerDiffRow> rows) =>
    [
        .. rows.GroupBy(row => OperatorFamily.Of((row.LeftMs >= row.RightMs ? row.Left : row.Right)!.OperatorType))
            .Select(group => (group.Key, LeftMs: group.Sum(row => row.LeftMs), RightMs: group.Sum(row => row.RightMs)))
            .Select(sum => new OperatorDiff(sum.Key, sum.LeftMs, sum.RightMs, RatioOf(sum.LeftMs, sum.RightMs)))
            .OrderByDescending(diff => diff.LeftMs),
    ];

    private static double? RatioOf(double leftMs, double rightMs) => leftMs > 0 && rightMs > 0 ? leftMs / rightMs : null;

    private static LayerTime Longest(List<LayerTime> layers) => layers.MaxBy(layer => layer.P50Ms)!;

    private sealed class LayerGroup
    {
        public HashSet<string> Names { get; } = [];

        public List<LayerTime> Left { get; } = [];

        public List<LayerTime> Right { get; } = [];

        public void Absorb(LayerGroup other)
        {
            Names.UnionWith(other.Names);
            Left.AddRange(other.Left);
            Right.AddRange(other.Right);
        }
    }
}
