using System.Runtime.InteropServices;

namespace LatencyLab.Inference.Measurement.Hardware.Nvml;

/// <summary>
/// The calls of NVIDIA's management library that the monitor needs, by the addresses of its exports. Nothing is linked: where there is
/// no driver there is no library.
/// </summary>
internal sealed unsafe class NvmlApi
{
    private const int Success = 0;
    private readonly delegate* unmanaged<int> _initialize;
    private readonly delegate* unmanaged<int> _shutdown;
    private readonly delegate* unmanaged<uint*, int> _count;
    private readonly delegate* unmanaged<uint, nint*, int> _handle;
    private readonly delegate* unmanaged<nint, byte*, uint, int> _name;
    private readonly delegate* unmanaged<nint, NvmlUtilization*, int> _utilization;
    private readonly delegate* unmanaged<nint, NvmlMemory*, int> _memory;
    private readonly delegate* unmanaged<nint, uint, uint*, int> _temperature;
    private readonly delegate* unmanaged<nint, uint*, int> _power;
    private readonly delegate* unmanaged<nint, uint, uint*, int> _clock;
    private readonly delegate* unmanaged<nint, ulong*, int> _throttleReasons;

    /// <summary>Looks the calls up.</summary>
    /// <param name="export">Address of an export by its name; throws where it is missing.</param>
    /// <exception cref="EntryPointNotFoundException">The library is too old.</exception>
    public NvmlApi(Func<string, nint> export)
    {
        _initialize = (delegate* unmanaged<int>)export("nvmlInit_v2");
        _shutdown = (delegate* unmanaged<int>)export("nvmlShutdown");
        _count = (delegate* unmanaged<uint*, int>)export("nvmlDeviceGetCount_v2");
        _handle = (delegate* unmanaged<uint, nint*, int>)export("nvmlDeviceGetHandleByIndex_v2");
        _name = (delegate* unmanaged<nint, byte*, uint, int>)export("nvmlDeviceGetName");
        _utilization = (delegate* unmanaged<nint, NvmlUtilization*, int>)export("nvmlDeviceGetUtilizationRates");
        _memory = (delegate* unmanaged<nint, NvmlMemory*, int>)export("nvmlDeviceGetMemoryInfo");
        _temperature = (delegate* unmanaged<nint, uint, uint*, int>)export("nvmlDeviceGetTemperature");
        _power = (delegate* unmanaged<nint, uint*, int>)export("nvmlDeviceGetPowerUsage");
        _clock = (delegate* unmanaged<nint, uint, uint*, int>)export("nvmlDeviceGetClockInfo");
        _throttleReasons = (delegate* unmanaged<nint, ulong*, int>)export("nvmlDeviceGetCurrentClocksThrottleReasons");
    }

    /// <summary>Starts the library; the code that it answers, 0 for success.</summary>
    public int Initialize() => _initialize();

    /// <summary>Ends it.</summary>
    public void Shutdown() => _shutdown();

    /// <summary>GPUs that this process may see.</summary>
    public int DeviceCount()
    {
        uint count;
        return _count(&count) == Success ? (int)count : 0;
    }

    /// <summary>The handle of a GPU; 0 where it is not to be had.</summary>
    public nint Device(int index)
    {
        nint device;
        return _handle((uint)index, &device) == Success ? device : 0;
    }

    /// <summary>Model name.</summary>
    public string NameOf(nint device)
    {
        const int Longest = 96;
        var text = stackalloc byte[Longest];
        return _name(device, text, Longest) == Success ? Marshal.PtrToStringUTF8((nint)text)! : "GPU";
    }

    /// <summary>Time in which kernels ran, and in which memory was read or written, both in percent; null where it is not told.</summary>
    public NvmlUtilization? Utilization(nint device)
    {
        NvmlUtilization utilization;
        return _utilization(device, &utilization) == Success ? utilization : null;
    }

    /// <summary>Memory in bytes; null where it is not told.</summary>
    public NvmlMemory? Memory(nint device)
    {
        NvmlMemory memory;
        return _memory(device, &memory) == Success ? memory : null;
    }

    /// <summary>Degrees Celsius of the chip; NaN where it is not told.</summary>
    public double Temperature(nint device)
    {
        uint degrees;
        return _temperature(device, 0, &degrees) == Success ? degrees : double.NaN;
    }

    /// <summary>Watts; NaN where it is not told.</summary>
    public double Power(nint device)
    {
        uint milliwatts;
        return _power(device, &milliwatts) == Success ? milliwatts / 1000.0 : double.NaN;
    }

    /// <summary>Megahertz of a clock; NaN where it is not told.</summary>
    public double Clock(nint device, NvmlClock clock)
    {
        uint megahertz;
        return _clock(device, (uint)clock, &megahertz) == Success ? megahertz : double.NaN;
    }

    /// <summary>Why the clocks are below their best, one bit a reason; null where it is not told.</summary>
    public ulong? ThrottleReasons(nint device)
    {
        ulong reasons;
        return _throttleReasons(device, &reasons) == Success ? reasons : null;
    }
}

/// <summary>Percent of the last sampling period; the layout is the library's.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NvmlUtilization
{
    public uint Gpu;
    public uint Memory;
}

/// <summary>Bytes; the layout is the library's.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NvmlMemory
{
    public ulong Total;
    public ulong Free;
    public ulong Used;
}

/// <summary>Clocks of a GPU; the numbers are the library's.</summary>
internal enum NvmlClock : uint
{
    Multiprocessor = 1,
    Memory = 2,
}
