namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>Units that the same layers make: they are ranked against each other and counted together.</summary>
/// <param name="Ranked">The units, the most important first.</param>
/// <param name="Scores">The score of each.</param>
internal sealed record ChannelGroup(int[] Ranked, double[] Scores)
{
    public int Size => Ranked.Length;
}
