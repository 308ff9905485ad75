using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Where a tensor's memory lies.</summary>
public class OrtMemoryInfo : SafeHandle
{
    private static readonly Lazy<OrtMemoryInfo> Cpu = new(CreateCpu, LazyThreadSafetyMode.PublicationOnly);

    private OrtMemoryInfo(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    /// <summary>Ordinary memory of the processor.</summary>
    public static OrtMemoryInfo DefaultInstance => Cpu.Value;

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtApi.Release(OrtApiSlot.ReleaseMemoryInfo, handle);
        return true;
    }

    private static unsafe OrtMemoryInfo CreateCpu()
    {
        nint info;
        OrtStatus.Check(((delegate* unmanaged<int, int, nint*, nint>)OrtApi.Function(OrtApiSlot.CreateCpuMemoryInfo))(
            (int)OrtAllocatorType.DeviceAllocator, (int)OrtMemType.Default, &info));
        return new OrtMemoryInfo(info);
    }
}
