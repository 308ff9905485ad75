namespace LatencyLab.Tests.Requirements;

/// <summary>A theory that needs <see cref="SharedData"/>; it reports itself as skipped where that is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute() => Skip = SharedData.WhyMissing;
}
