using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace LatencyLab.Inference.Runtime;

/// <summary>How this processor computes 8-bit products.</summary>
public enum Int8Path
{
    /// <summary>No fast instruction; exact.</summary>
    Scalar,

    /// <summary>AVX2 pairs of 8-bit products are summed in 16 bits and saturate with full-range weights: 7-bit weights are needed.</summary>
    Avx2,

    /// <summary>Arm dot-product instructions; exact.</summary>
    ArmDotProduct,

    /// <summary>VNNI in 128/256-bit registers; exact.</summary>
    AvxVnni,

    /// <summary>VNNI in 512-bit registers; exact.</summary>
    Avx512Vnni,

    /// <summary>Advanced Matrix Extensions; exact.</summary>
    Amx,
}

/// <summary>The instruction sets and processors that this process may use.</summary>
public sealed record CpuCapabilities
{
    private static readonly Lazy<CpuCapabilities> Detected = new(Detect);

    /// <summary>What was found on this machine.</summary>
    public static CpuCapabilities Current => Detected.Value;

    /// <summary>Processor model name.</summary>
    public required string Model { get; init; }

    /// <summary>Names of the instruction sets that matter to inference.</summary>
    public required IReadOnlyList<string> InstructionSets { get; init; }

    /// <summary>How 8-bit products are computed.</summary>
    public required Int8Path Int8Kernel { get; init; }

    /// <summary>Processors that this process may use; respects affinity and cgroup quota.</summary>
    public int LogicalCores { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether INT8 weights must be kept to 7 bits so that sums do not saturate.</summary>
    public bool NeedsSevenBitWeights => Int8Kernel == Int8Path.Avx2;

    /// <summary><see cref="Int8Kernel"/> for people.</summary>
    public string Int8Name => Int8Kernel switch
    {
        Int8Path.Amx => "AMX",
        Int8Path.Avx512Vnni => "AVX-512 VNNI",
        Int8Path.AvxVnni => "AVX-VNNI",
        Int8Path.Avx2 => "AVX2 (7-bit weights)",
        Int8Path.ArmDotProduct => "Arm dot product",
        _ => "scalar",
    };

    private static CpuCapabilities Detect()
    {
        if (!X86Base.IsSupported)
        {
            return new CpuCapabilities
            {
                Model = ModelFromSystem(),
                InstructionSets = AdvSimd.IsSupported ? Dp.IsSupported ? ["AdvSIMD", "Dot product"] : ["AdvSIMD"] : [],
                Int8Kernel = Dp.IsSupported ? Int8Path.ArmDotProduct : Int8Path.Scalar,
            };
        }
        // Leaf 7 of CPUID; .NET's own checks add that the operating system saves the wide registers.
        var (_, _, ecx7, edx7) = X86Base.CpuId(7, 0);
        var (eax71, _, _, _) = X86Base.CpuId(7, 1);
        var avx512 = Avx512F.IsSupported;
        (string Name, bool Present)[] sets =
        [
            ("AVX2", Avx2.IsSupported),
            ("AVX-512", avx512),
            ("AVX-512 VNNI", avx512 && Bit(ecx7, 11)),
            ("AVX-VNNI", Avx2.IsSupported && Bit(eax71, 4)),
            ("AMX-INT8", avx512 && Bit(edx7, 24) && Bit(edx7, 25)),
        ];
        return new CpuCapabilities
        {
            Model = BrandString() ?? ModelFromSystem(),
            InstructionSets = [.. sets.Where(set => set.Present).Select(set => set.Name)],
            Int8Kernel = sets[4].Present ? Int8Path.Amx
                : sets[2].Present ? Int8Path.Avx512Vnni
                : sets[3].Present ? Int8Path.AvxVnni
                : sets[0].Present ? Int8Path.Avx2
                : Int8Path.Scalar,
        };
    }

    private static bool Bit(int register, int bit) => ((register >> bit) & 1) != 0;

    private static string? BrandString()
    {
        if ((uint)X86Base.CpuId(unchecked((int)0x80000000), 0).Eax < 0x80000004)
        {
            return null;
        }
        Span<int> words = stackalloc int[12];
        for (var i = 0; i < 3; i++)
        {
            (words[4 * i], words[(4 * i) + 1], words[(4 * i) + 2], words[(4 * i) + 3]) = X86Base.CpuId(unchecked((int)(0x80000002 + i)), 0);
        }
        var brand = Encoding.ASCII.GetString(MemoryMarshal.AsBytes(words)).Trim('\0', ' ');
        return brand.Length == 0 ? null : brand;
    }

    private static string ModelFromSystem()
    {
        const string CpuInfo = "/proc/cpuinfo";
        var line = File.Exists(CpuInfo)
            ? File.ReadLines(CpuInfo).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
