namespace LatencyLab.Tests.Requirements;

/// <summary>A test that needs <see cref="OnnxChecker"/>; it reports itself as skipped where that is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnnxCheckerFactAttribute : FactAttribute
{
    public OnnxCheckerFactAttribute()
    {
        if (OnnxChecker.Python is null)
        {
            Skip = "needs Python with the package 'onnx' (Debian: python3-onnx)";
        }
    }
}
