using System.Globalization;
using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Comparison.Claims;

/// <summary>The machine behind a claim: figures without it say nothing.</summary>
public static class MachineStamp
{
    /// <summary>In a few words: <c>2 vCPU VNNI</c>, the GPU, or the remote service.</summary>
    public static string Short(Claim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (claim.Remote is { } remote)
        {
            return Uri.TryCreate(remote, UriKind.Absolute, out var address) ? $"remote at {address.Authority}" : "remote";
        }
        var processors = string.Create(CultureInfo.InvariantCulture, $"{claim.Environment.LogicalCores} vCPU");
        return claim.Environment.Gpu is { } gpu && claim.Provider != "CPU" ? gpu : $"{processors} {InstructionPath(claim)}".TrimEnd();
    }

    /// <summary>Everything, in order: processor, processors, instruction path, GPU, runtime, system, load, moment.</summary>
    public static IReadOnlyList<string> Full(Claim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var environment = claim.Environment;
        string?[] parts =
        [
            environment.Cpu,
            string.Create(CultureInfo.InvariantCulture, $"{environment.LogicalCores} vCPU"),
            InstructionPath(claim),
            claim.Remote is { } remote ? $"remote service {remote}" : environment.Gpu,
            $"{environment.Runtime} {environment.RuntimeVersion}",
            environment.Os,
            environment.Load1 is { } load ? string.Create(CultureInfo.InvariantCulture, $"load {load:0.00}") : null,
            Moment(claim),
        ];
        return [.. parts.Where(part => !string.IsNullOrEmpty(part)).OfType<string>()];
    }

    /// <summary>When it was measured, UTC.</summary>
    public static string Moment(Claim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return claim.CreatedAt.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
    }

    /// <summary>The instructions that the variant's products are made by: of 8-bit ones the INT8 path, of others the widest vectors.</summary>
    private static string InstructionPath(Claim claim) => claim.Precision == Precisions.Int8
        ? claim.Environment.Int8Path switch { "AVX-512 VNNI" => "VNNI", var path => path }
        : claim.Environment.InstructionSets.LastOrDefault(set => set is "AVX2" or "AVX-512" or "AdvSIMD") ?? "";
}
