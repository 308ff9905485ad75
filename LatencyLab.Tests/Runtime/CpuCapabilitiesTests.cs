using LatencyLab.Inference.Runtime;
using LatencyLab.Tests.Requirements;

namespace LatencyLab.Tests.Runtime;

public class CpuCapabilitiesTests
{
    [LinuxX64Theory]
    [InlineData("AVX2", "avx2")]
    [InlineData("AVX-512", "avx512f")]
    [InlineData("AVX-512 VNNI", "avx512_vnni")]
    [InlineData("AVX-VNNI", "avx_vnni")]
    [InlineData("AMX-INT8", "amx_int8")]
    public void InstructionSets_Detected_AreThoseThatTheKernelLists(string name, string flag)
    {
        var line = File.ReadLines("/proc/cpuinfo").First(text => text.StartsWith("flags", StringComparison.Ordinal));

        Assert.Equal(line.Split(' ').Contains(flag), CpuCapabilities.Current.InstructionSets.Contains(name));
    }

    [LinuxX64Theory]
    [InlineData("model name")]
    public void Model_Detected_IsTheKernelsName(string entry)
    {
        var line = File.ReadLines("/proc/cpuinfo").First(text => text.StartsWith(entry, StringComparison.Ordinal));

        Assert.Equal(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(), CpuCapabilities.Current.Model);
    }

    [Theory]
    [InlineData(Int8Path.Avx2, true, "AVX2 (7-bit weights)")]
    [InlineData(Int8Path.AvxVnni, false, "AVX-VNNI")]
    [InlineData(Int8Path.Avx512Vnni, false, "AVX-512 VNNI")]
    [InlineData(Int8Path.Amx, false, "AMX")]
    [InlineData(Int8Path.ArmDotProduct, false, "Arm dot product")]
    [InlineData(Int8Path.Scalar, false, "scalar")]
    public void Int8Path_OfEachKind_HasItsNameAndSaysWhetherItSaturates(Int8Path path, bool sevenBit, string name)
    {
        var cpu = new CpuCapabilities { Model = "", InstructionSets = [], Int8Kernel = path };

        Assert.Equal(sevenBit, cpu.NeedsSevenBitWeights);
        Assert.Equal(name, cpu.Int8Name);
    }

    [Fact]
    public void Environment_Read_NamesMachineAndWhyNoGpuIsInUse()
    {
        var facts = EnvironmentProbe.Read(gpuInUse: false, "CUDA is not active: no driver");

        Assert.Equal(Environment.ProcessorCount, facts.LogicalCores);
        Assert.Null(facts.Gpu);
        Assert.Equal("CUDA is not active: no driver", facts.GpuInactiveReason);
        Assert.NotNull(EnvironmentProbe.Read(gpuInUse: true).Gpu);
    }
}
