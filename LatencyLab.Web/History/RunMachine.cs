using System.Reflection;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Web.History;

/// <summary>Where a run was measured, as far as runs are told apart by it.</summary>
public sealed record RunMachine
{
    private const int CommitDigits = 8;

    /// <summary>Processor model name.</summary>
    public required string Cpu { get; init; }

    /// <summary>Processors that the process could use.</summary>
    public required int LogicalCores { get; init; }

    /// <summary>How INT8 products are computed on this processor.</summary>
    public required string Int8Path { get; init; }

    /// <summary>Operating system.</summary>
    public required string Os { get; init; }

    /// <summary>Name of the GPU in use, or null.</summary>
    public string? Gpu { get; init; }

    /// <summary>Version of the inference runtime.</summary>
    public required string RuntimeVersion { get; init; }

    /// <summary>Version of LatencyLab, with the first digits of its commit where they are known.</summary>
    public required string Version { get; init; }

    /// <summary>The version that is running.</summary>
    public static string ThisVersion { get; } = ReadVersion();

    /// <summary>Processor, cores and what computes INT8: machines with the same name count as one.</summary>
    public string Name() => FormattableString.Invariant($"{Cpu} · {LogicalCores} {(LogicalCores == 1 ? "core" : "cores")} · {Gpu ?? Int8Path}");

    /// <summary>The machine of a result, measured by this version.</summary>
    public static RunMachine Of(EnvironmentFacts environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return new RunMachine
        {
            Cpu = environment.Cpu,
            LogicalCores = environment.LogicalCores,
            Int8Path = environment.Int8Path,
            Os = environment.Os,
            Gpu = environment.Gpu,
            RuntimeVersion = environment.RuntimeVersion,
            Version = ThisVersion,
        };
    }

    private static string ReadVersion()
    {
        var assembly = typeof(RunMachine).Assembly;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version!.ToString();
        return version.Split('+') is [var number, { Length: > CommitDigits } commit] ? $"{number}+{commit[..CommitDigits]}" : version;
    }
}
