namespace LatencyLab.Tests.Requirements;

/// <summary>A test that needs <see cref="SharedData"/>; it reports itself as skipped where that is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute() => Skip = SharedData.WhyMissing;
}
