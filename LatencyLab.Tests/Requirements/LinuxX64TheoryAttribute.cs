using System.Runtime.InteropServices;

namespace LatencyLab.Tests.Requirements;

/// <summary>A test that compares with what the Linux kernel says of an x64 processor.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxX64TheoryAttribute : TheoryAttribute
{
    public LinuxX64TheoryAttribute()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            Skip = "needs Linux on x64, whose kernel lists the processor's features";
        }
    }
}
