using LatencyLab.Inference.Optimization.Graphs;

namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>Sorts the units that may go into groups and ranks them.</summary>
internal static class ChannelGroups
{
    /// <summary>Freezes what the criterion cannot judge, and groups the rest.</summary>
    public static IReadOnlyList<ChannelGroup> Of(ModelGraph graph, ChannelDependencies found, PruningCriterion criterion)
    {
        var judged = new Dictionary<int, List<(int Layer, double Score)>>();
        for (var index = 0; index < found.Layers.Count; index++)
        {
            var layer = found.Layers[index];
            if (ChannelScores.Of(graph, layer, criterion) is not { } scores)
            {
                found.Units.Freeze(layer.Outputs, "No BatchNormalization follows it right away, whose scale could be judged. Prune by L1.");
                continue;
            }

            for (var i = 0; i < scores.Length; i++)
            {
                var unit = found.Units.Unit(layer.Outputs[i]);
                (judged.TryGetValue(unit, out var list) ? list : judged[unit] = []).Add((index, scores[i]));
            }
        }

        return
        [
            .. judged.Where(entry => found.Units.Frozen(entry.Key) is null)
                .GroupBy(entry => string.Join(',', entry.Value.Select(score => score.Layer)))
                .Select(group => group.Select(entry => (Unit: entry.Key, Score: entry.Value.Average(score => score.Score)))
                    // Ties fall by position, so that results repeat.
                    .OrderByDescending(entry => entry.Score).ThenBy(entry => entry.Unit).ToList())
                .Select(ranked => new ChannelGroup([.. ranked.Select(entry => entry.Unit)], [.. ranked.Select(entry => entry.Score)])),
        ];
    }
}
