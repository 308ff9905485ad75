namespace LatencyLab.Tests.Requirements;

/// <summary>A test that writes to a disk without any room.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FullDiskFactAttribute : FactAttribute
{
    /// <summary>A file that can be opened, and never written.</summary>
    public const string File = "/dev/full";

    public FullDiskFactAttribute()
    {
        if (!System.IO.File.Exists(File))
        {
            Skip = $"needs {File}, which Linux has";
        }
    }
}
