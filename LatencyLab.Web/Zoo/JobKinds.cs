namespace LatencyLab.Web.Zoo;

/// <summary>Kinds of jobs besides quantizations.</summary>
public static class JobKinds
{
    /// <summary>Accuracy against latency of the zoo.</summary>
    public const string Frontier = "frontier";

    /// <summary>Variants layer by layer.</summary>
    public const string Layers = "layers";
}
