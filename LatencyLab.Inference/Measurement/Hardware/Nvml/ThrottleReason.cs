namespace LatencyLab.Inference.Measurement.Hardware.Nvml;

/// <summary>A reason for clocks below their best: its bit, and what it is called here.</summary>
internal sealed record ThrottleReason(ulong Bit, string Name, string Description)
{
    /// <summary>The reasons that the library tells apart.</summary>
    public static IReadOnlyList<ThrottleReason> All { get; } =
    [
        new(0x001, "idle", "nothing runs"),
        new(0x002, "applicationClocks", "applications were given lower clocks"),
        new(0x004, "powerCap", "the power limit is reached"),
        new(0x008, "hardwareSlowdown", "heat, power or a brake signal halve the clocks"),
        new(0x010, "syncBoost", "it keeps step with other GPUs"),
        new(0x020, "thermal", "the driver's temperature limit is reached"),
        new(0x040, "hardwareThermal", "the chip is too hot"),
        new(0x080, "powerBrake", "the power supply asks for it"),
        new(0x100, "displayClocks", "the display's clocks rule"),
    ];
}
