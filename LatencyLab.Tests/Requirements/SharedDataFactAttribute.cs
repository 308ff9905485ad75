namespace LatencyLab.Tests.Requirements;

/// <summary>A test that needs <see cref="SharedData"/>; it reports itself as skipped where that is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (SharedData.Folder is null)
        {
            Skip = "needs the photos and reference models in a folder 'shared' beside the repository";
        }
    }
}
